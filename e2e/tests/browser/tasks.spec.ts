import type { Page } from '@playwright/test';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { type RunningGateway, startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startPhone } from '../../testkit/phones/start-phone.ts';
import {
  type BoardPage,
  boardPage,
  expect,
  signInBrowser,
  test as base,
  openLiveBoard,
} from '../../testkit/browser/fixtures.ts';

const DIRECTORY = `extension,name,department
1101,Rita Moreno,Reception
1102,Josh Okafor,Sales
1103,Ada Novak,Support
1104,Alice Chen,Sales
1105,Tom Smithson,Sales
1106,Priya Raman,Support
1107,Marta Lindqvist,Support
`;

interface TaskFixtures {
  /** The receptionist's board with names, used by keyboard only. */
  desk: BoardPage;
  keys: KeystrokeCounter;
}

const test = base.extend<TaskFixtures, { named: RunningGateway }>({
  named: [
    async ({ asterisk }, use) => {
      const gateway = await startGateway({ amiPort: asterisk.amiPort, directory: DIRECTORY });
      await use(gateway);
      await gateway.stop();
    },
    { scope: 'worker' },
  ],
  desk: async ({ page, named }, use) => use(await openLiveBoard(page, named)),
  keys: async ({ page }, use) => use(createKeystrokeCounter(page)),
});

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const idsOf = (page: Page) =>
  page
    .locator('[data-extension]')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-extension')));
const activeOption = (page: Page) => palette(page).getByRole('option', { selected: true });

/** Types until the expected option is active, and presses Enter, which does nothing before. */
async function runInPalette(
  { desk, keys }: Pick<TaskFixtures, 'desk' | 'keys'>,
  text: string,
  meant: string,
): Promise<void> {
  await keys.press('Control+k');
  await keys.type(text);
  await expect(activeOption(desk.page)).toContainText(meant);
  await keys.press('Enter');
}

test.describe('[TK1] see whether somebody can take a call, and what they say: 4 keys from any state', () => {
  const STATES: Readonly<Record<string, (desk: BoardPage) => Promise<void>>> = {
    'the board': async () => {},
    'a message half written': async ({ page, ...desk }) => {
      await desk.openPerson('1103');
      await desk.message.fill('not sent yet');
      await expect(desk.message).toBeFocused();
      expect(await page.title()).toContain('Lampboard');
    },
    'a search': async ({ page }) => {
      await page.keyboard.press('/');
      await page.keyboard.type('support');
    },
    'my status': async ({ page }) => {
      await page.goto(new URL('/me', page.url()).href);
      await expect(page.getByRole('heading', { name: 'My status' })).toBeVisible();
    },
    'the keyboard help': async ({ page }) => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  };
  for (const [state, reach] of Object.entries(STATES)) {
    test(`[TK1] from ${state}`, async ({ desk, keys, asterisk }) => {
      await asterisk.setPresence('CustomPresence:1104', {
        state: 'away',
        subtype: 'Visit',
        message: 'At Nordhafen.\nUrgent: Josh',
      });
      await expect(desk.tile('1104')).toHaveAttribute('data-presence', 'away');
      await reach(desk);
      await keys.press('Control+k');
      await keys.type('ali');
      await expect(activeOption(desk.page)).toHaveAccessibleName(
        /1104 Alice Chen.*Offline.*Away.*At Nordhafen/,
      );
      await expect(palette(desk.page)).toContainText('Urgent: Josh');
      expect(keys.count()).toBeLessThanOrEqual(4);
    });
  }
});

test('[TK1] find somebody by just typing, and open', async ({ desk, keys }) => {
  await keys.type('ali');
  await expect(desk.page.locator('[data-extension]')).toHaveCount(1);
  await expect(desk.tile('1104')).toHaveAttribute('data-lamp', /./);
  await keys.press('Enter');
  await expect(desk.page.getByRole('heading', { name: 'Alice Chen' })).toBeFocused();
  expect(keys.count()).toBeLessThanOrEqual(4);
});

test('[TK2] set a colleague away until two and undo it: 12 keys and the message, then one', async ({
  desk,
  keys,
  named,
  asterisk,
}) => {
  const provider = 'CustomPresence:1105';
  const before = { state: 'available', subtype: '', message: '' } as const;
  await asterisk.setPresence(provider, before);
  await expect(desk.tile('1105')).toHaveAttribute('data-presence', 'available');

  await keys.press('Control+k');
  await keys.type('smi aw 14');
  await keys.press('Space');
  await keys.typeMessage('dentist');
  await expect(palette(desk.page)).toContainText(/Tom Smithson/);
  await expect(palette(desk.page)).toContainText(/14:00/);
  await keys.press('Enter');
  await expect(palette(desk.page)).toBeHidden();
  expect(keys.count()).toBeLessThanOrEqual(12);

  await expect(desk.tile('1105')).toHaveAttribute('data-presence', 'away');
  await expect(desk.tile('1105')).toContainText('14:00');
  await expect(desk.tile('1105')).toContainText('dentist');
  expect(await asterisk.readPresence(provider)).toEqual({ state: 'away', subtype: '', message: 'dentist' });
  const other = await openBoardClient(named);
  expect(new Date(other.extension('1105@default').returnTime?.at ?? 0).getHours()).toBe(14);
  other.stop();

  await expect(desk.page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await keys.press('Control+z');
  await expect(desk.tile('1105')).toHaveAttribute('data-presence', 'available');
  expect(await asterisk.readPresence(provider)).toEqual(before);
  expect(keys.count()).toBe(1);
});

test('[TK3] find who can take a call for Sales', async ({ desk, keys, asterisk }) => {
  const phone = await startPhone({ extension: '1102', sipPort: asterisk.sipPort });
  await asterisk.setPresence('CustomPresence:1102', { state: 'available', subtype: '', message: '' });
  await expect(desk.tile('1102')).toHaveAttribute('data-lamp', 'idle');
  await runInPalette({ desk, keys }, 'sales', 'Sales');
  await runInPalette({ desk, keys }, 'reach', 'Reachable');
  await expect(desk.page.getByRole('heading', { level: 1 })).toHaveText('Sales');
  await expect(desk.page.locator('[data-extension]')).toHaveCount(1);
  await expect(desk.tile('1102')).toBeVisible();
  expect(keys.count()).toBeLessThanOrEqual(16);

  const other = await startPhone({ extension: '1104', sipPort: asterisk.sipPort });
  await phone.dial('1104');
  await other.waitFor(['CALL_INCOMING']);
  await expect(desk.tile('1102')).toHaveAttribute('data-lamp', 'in-use');
  await expect(desk.tile('1102')).toBeVisible();
  await keys.press('.');
  await expect(desk.tile('1102')).toHaveCount(0);
  await Promise.all([phone.stop(), other.stop()]);
  await runInPalette({ desk, keys }, 'clear', 'Clear filters');
  await expect(desk.page.locator('[data-extension]')).toHaveCount(3);
});

test('[TK4] be notified when a colleague is reachable', async ({ desk, keys, asterisk }) => {
  const [josh, alice] = [
    await startPhone({ extension: '1102', sipPort: asterisk.sipPort }),
    await startPhone({ extension: '1104', sipPort: asterisk.sipPort }),
  ];
  await asterisk.setPresence('CustomPresence:1102', { state: 'available', subtype: '', message: '' });
  await josh.dial('1104');
  await alice.waitFor(['CALL_INCOMING']);
  await alice.accept();
  await expect(desk.tile('1102')).toHaveAttribute('data-lamp', 'in-use');
  await keys.type('josh');
  await keys.press('ArrowDown', '!');
  await expect(desk.tile('1102')).toHaveAccessibleName(/notified/i);
  expect(keys.count()).toBeLessThanOrEqual(6);
  await josh.hangup();
  await expect(desk.page.getByText('Josh Okafor is reachable now')).toBeVisible();
  await Promise.all([josh.stop(), alice.stop()]);
});

test('[TK5] keep the people one calls most together, in one’s own order, on every computer', async ({
  desk,
  keys,
  named,
  browser,
}) => {
  for (const name of ['priya', 'marta', 'ada']) {
    await keys.type(name);
    await keys.press('ArrowDown', '*', 'Escape');
  }
  await runInPalette({ desk, keys }, 'favourites', 'Favourites');
  await expect.poll(() => idsOf(desk.page)).toEqual(['1106@default', '1107@default', '1103@default']);

  const context = await browser.newContext();
  await signInBrowser(context, named);
  const elsewhere = boardPage(await context.newPage());
  await elsewhere.page.goto(`${named.url}?group=favourites`);
  await expect(elsewhere.page.locator('[data-extension]')).toHaveCount(3);
  await context.close();
});

test('[TK6] take a table, the one who is latest on top', async ({ desk, keys, named }) => {
  const other = await openBoardClient(named);
  for (const [exten, minutes] of [
    ['1106', 12],
    ['1107', 40],
  ] as const) {
    const id = `${exten}@default`;
    const presence = { state: 'away', subtype: 'Lunch', message: '' };
    const returnTime = { at: Date.now() - minutes * 60_000, thenState: null };
    await other.command('set-presence', { id, presence, base: other.presence(id), returnTime });
  }
  other.stop();
  await expect(desk.tile('1107')).toContainText('40 min late');
  await runInPalette({ desk, keys }, 'table', 'Table');
  const column = desk.page.getByRole('columnheader', { name: /Return time/ }).getByRole('button');
  await column.focus();
  await keys.press('Enter');
  const latest = async () => (await idsOf(desk.page)).slice(0, 2);
  await expect.poll(latest).toEqual(['1107@default', '1106@default']);
  await runInPalette({ desk, keys }, 'regular', 'Regular');
  await expect(desk.page.getByRole('columnheader')).toHaveCount(0);
});

/** Counts key presses; keys held together, such as Ctrl+K, count as one, as does each character. */
interface KeystrokeCounter {
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Not counted. */
  typeMessage(text: string): Promise<void>;
  /** Key presses since the last call. */
  count(): number;
}

function createKeystrokeCounter({ keyboard }: Pick<Page, 'keyboard'>): KeystrokeCounter {
  let pressed = 0;
  return {
    async press(...keys) {
      for (const key of keys) await keyboard.press(key);
      pressed += keys.length;
    },
    async type(text) {
      await keyboard.type(text);
      pressed += text.length;
    },
    typeMessage: (text) => keyboard.type(text),
    count() {
      const count = pressed;
      pressed = 0;
      return count;
    },
  };
}
