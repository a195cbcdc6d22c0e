import { type Page, expect } from '@playwright/test';
import { type BoardClient, openBoardClient } from '../../testkit/clients/board-client.ts';
import { CHROMIUM_ONLY, demoTest as test, openLiveBoard } from '../../testkit/browser/fixtures.ts';

/** A time zone in which it is always past eleven, so that three o’clock is ahead. */
const hoursAhead = 11 - new Date().getUTCHours();
const ZONE = hoursAhead === 0 ? 'UTC' : `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;
const LUNCH = { state: 'away', subtype: 'Lunch', message: 'Table for two' } as const;
const TOMASZ = '1105@default';

const formatTime = (timestamp: number | undefined) =>
  new Date(timestamp ?? 0).toLocaleTimeString('en-GB', {
    timeZone: ZONE,
    hour: '2-digit',
    minute: '2-digit',
  });

/** Expects an extension that becomes available without text and return time. */
async function expectAvailable(client: BoardClient, id: string): Promise<void> {
  await client.waitUntil('available', () => client.presence(id).state === 'available');
  expect(client.extension(id)).toMatchObject({ returnTime: null, presence: { subtype: '', message: '' } });
  client.stop();
}

test.use({ timezoneId: ZONE });

test('[RT7] [CP8] [CP14] “back at three”, behind a message, is three in the afternoon; Available leaves nothing of it', async ({
  page,
  demoGateway,
}) => {
  const other = await openBoardClient(demoGateway);
  await other.forceSetPresence('1105@default', LUNCH);
  await openLiveBoard(page, demoGateway);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('1105 away at the dentist, back at three');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('back today 15:00');
  await expect(preview.getByRole('button', { name: 'or tomorrow 03:00' })).toBeVisible();
  await page.keyboard.press('Enter');
  await other.waitUntil('the dentist', () => other.presence('1105@default').message === 'at the dentist');
  expect(other.presence('1105@default')).toEqual({ state: 'away', subtype: '', message: 'at the dentist' });
  expect(formatTime(other.extension('1105@default').returnTime?.at)).toBe('15:00');

  await expect(preview).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('1105 available');
  await expect(preview).toContainText('Subtype and message will be cleared.');
  await page.keyboard.press('Enter');
  await expectAvailable(other, '1105@default');
});

test('[RT9] [RT15] [ED14] in German, in the panel: “halb drei” is read, and Verfügbar takes text and time away', async ({
  page,
  demoGateway,
}) => {
  const other = await openBoardClient(demoGateway);
  await other.forceSetPresence('1104@default', LUNCH);
  await page.addInitScript("localStorage.setItem('lampboard.language', 'de')");
  // Until then tiles may still take their places, and a click may miss.
  const { tile } = await openLiveBoard(page, demoGateway);
  await tile('1104').click();
  const field = page.getByRole('textbox', { name: 'Rückkehrzeit' });
  await field.fill('bis halb drei');
  await expect(page.getByText(/^heute 14:30, in/u)).toBeVisible();
  await page.getByRole('button', { name: 'oder morgen 02:30' }).click();
  await expect(field).toHaveValue('morgen 02:30');
  await field.fill('back at two');
  await expect(page.getByText(/^heute 14:00, in/u)).toBeVisible();

  await page.getByRole('radio', { name: 'Verfügbar', exact: true }).check();
  await expect(page.getByText('Zusatz und Nachricht werden gelöscht.')).toBeVisible();
  await field.fill('15:00');
  await expect(page.getByText(/^Zu „Verfügbar“ gibt es keine Rückkehrzeit/u)).toBeVisible();
  await page.getByRole('button', { name: 'Speichern', exact: true }).click();
  await expectAvailable(other, '1104@default');
});

/** Sets a person away, who is late a moment later. */
async function sendToLunch(client: BoardClient): Promise<void> {
  const returnTime = { at: Date.now() + 2000, thenState: null };
  await client.forceSetPresence(TOMASZ, LUNCH);
  await client.command('set-presence', { id: TOMASZ, presence: LUNCH, base: LUNCH, returnTime });
}

/** Positions and sizes of all tiles in view. */
const tileBoxes = (page: Page) =>
  page.locator('[data-extension]').evaluateAll((tiles) =>
    tiles.map((tile) => {
      const { x, y, width, height } = tile.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(' ');
    }),
  );

test('[DK1] [DK2] a late person is set to be back later, and back, by keyboard', async ({
  page,
  demoGateway,
}) => {
  const other = await openBoardClient(demoGateway);
  await sendToLunch(other);
  await openLiveBoard(page, demoGateway);
  const late = page.getByRole('region', { name: /^Late/u });
  await late.getByRole('button', { name: /^\+30 min, Tomasz/u }).focus();
  await page.keyboard.press('Enter');
  await expect(late).toBeHidden();
  const due = page.getByRole('region', { name: /^Due within the hour/u });
  await expect(due).toContainText('Tomasz');
  expect(other.presence(TOMASZ)).toEqual(LUNCH);
  await page.keyboard.press('Control+z');
  await late.getByRole('button', { name: /^Back, Tomasz/u }).focus();
  await page.keyboard.press('Enter');
  await other.waitUntil('back', () => other.presence(TOMASZ).state === 'available');
  await expect(late).toBeHidden();
  expect(other.extension(TOMASZ)).toMatchObject({ returnTime: null, presence: { subtype: '', message: '' } });
  other.stop();
});

for (const width of [1280, 1440, 1920, 2560]) {
  test(
    `[DK11] opening a person in place of the desk moves no tile: ${width} pixels`,
    { tag: CHROMIUM_ONLY },
    async ({ page, demoGateway }) => {
      await page.setViewportSize({ width, height: 900 });
      await openLiveBoard(page, demoGateway);
      const desk = page.getByRole('complementary', { name: 'Desk' });
      const tomasz = page.locator(`[data-extension="${TOMASZ}"]`);
      await expect(desk).toBeVisible();
      await expect(tomasz).toBeVisible();
      const before = await tileBoxes(page);
      const { width: deskWidth } = (await desk.boundingBox()) ?? {};
      await tomasz.click();
      const panel = page.getByRole('complementary', { name: /Tomasz/u });
      await expect(panel).toBeVisible();
      await expect(desk).toBeHidden();
      expect(await tileBoxes(page)).toEqual(before);
      expect((await panel.boundingBox())?.width).toBe(deskWidth);
    },
  );
}
