import type { Page } from '@playwright/test';
import { startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { type WorkerFixtures, expect, signInBrowser, test as base } from '../../testkit/browser/fixtures.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import {
  OFFICE_FUNCTIONS,
  OFFICE_HINTS,
  OFFICE_PEOPLE,
  OFFICE_STATIC_PHONES,
  personName,
} from '../../testkit/pbx/freepbx-office.ts';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { watchPresence } from '../../testkit/sip/presence-watcher.ts';

/** A FreePBX of 480 available people among 1,508 hints, with its names. */
const test = base.extend<object, WorkerFixtures>({
  asterisk: [
    async ({ release }, use) => {
      const options = { hints: OFFICE_HINTS, staticPhones: OFFICE_STATIC_PHONES };
      const asterisk = await startAsterisk({ ...options, release });
      await asterisk.withSession(async (ami) => {
        for (const exten of OFFICE_PEOPLE) {
          const entry = { Family: `AMPUSER/${exten}`, Key: 'cidname', Val: personName(exten) };
          await ami.action({ Action: 'DBPut', ...entry });
          const Variable = `PRESENCE_STATE(CustomPresence:${exten})`;
          await ami.action({ Action: 'Setvar', Variable, Value: 'available' });
        }
      });
      await use(asterisk);
      await asterisk.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  gateway: [
    async ({ asterisk }, use) => {
      const gateway = await startGateway({ amiPort: asterisk.amiPort, user: USERS.names });
      await use(gateway);
      await gateway.stop();
    },
    { scope: 'worker' },
  ],
});

/** So high that every tile is drawn. */
const HIGH = { width: 1600, height: 12_000 };

/** Number and kind of each tile, in their order. */
const tiles = (page: Page) =>
  page
    .locator('[data-extension]')
    .evaluateAll((all) =>
      all.map((tile) => `${tile.getAttribute('data-extension')} ${tile.getAttribute('data-kind')}`),
    );

const peopleTiles = OFFICE_PEOPLE.map((exten) => `${exten}@ext-local person`);
const live = (page: Page) => page.locator('[data-link="live"] [data-extension]').first();
const group = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`^${name}`, 'u') });

test('[KP21] the first screen of a FreePBX has its people only, one tile each, with exact counts', async ({
  page,
  asterisk,
  gateway,
  release,
}) => {
  // Of those with a registered phone, one wants no calls, and the calls of another are forwarded.
  await asterisk.setLamp('Custom:DND1121', 'BUSY');
  await asterisk.setLamp('Custom:CF1123', 'BUSY');
  await signInBrowser(page.context(), gateway);
  const started = performance.now();
  await page.goto(gateway.url);
  await live(page).waitFor();
  const ms = Math.round(performance.now() - started);
  process.stdout.write(`480 people of a FreePBX on Asterisk ${release}: live after ${ms} ms\n`);
  await expect(page.locator('.group-counts li').first()).toHaveText(
    `${OFFICE_STATIC_PHONES.length - 2} reachable`,
  );
  await expect(page.getByRole('gridcell', { name: /^1101 Person 1101,/u })).toBeVisible();
  await page.setViewportSize(HIGH);
  await expect.poll(async () => tiles(page)).toEqual(peopleTiles);
});

test('[KP21] every kind is a group with its count, which follows its calls and switches', async ({
  page,
  gateway,
  asterisk,
}) => {
  await signInBrowser(page.context(), gateway);
  await page.goto(gateway.url);
  await live(page).waitFor();
  const names = await page.getByRole('navigation', { name: 'Groups' }).getByRole('link').allTextContents();
  expect(names).toEqual([
    'Everyone480',
    'Favourites0',
    'All lines28',
    'Parking8',
    'Conferences4',
    'Switches16',
  ]);

  await page.setViewportSize(HIGH);
  await asterisk.useFunctions();
  await asterisk.setLamp('Custom:DAYNIGHT3', 'INUSE');
  const kinds = [
    ['Parking', 'parking', '1 of 8 taken'],
    ['Conferences', 'conference', '1 of 4 in use'],
    ['Switches', 'switch', '1 of 16 on'],
  ] as const;
  for (const [name, kind, counts] of kinds) {
    await group(page, name).click();
    await expect(page.getByText(counts)).toBeVisible();
    const numbers = async () => (await tiles(page)).map((tile) => tile.replace(/@.* /u, ' ')).toSorted();
    const expected = OFFICE_FUNCTIONS[kind].map((exten) => `${exten} ${kind}`).toSorted();
    await expect.poll(numbers, name).toEqual(expected);
  }
  await asterisk.freeFunctions();
  await group(page, 'Parking').click();
  await expect(page.getByText('0 of 8 taken')).toBeVisible();
});

test('[KP21] an intercom key that a phone has subscribed to finds the one person, and a code nobody', async ({
  page,
  gateway,
  asterisk,
}) => {
  const watcher = await watchPresence({ sipPort: asterisk.sipPort, extension: '*801103', as: '1101' });
  try {
    // Asterisk announces the new hint with its next change.
    await asterisk.setLamp('Custom:DND1103', 'BUSY');
    await signInBrowser(page.context(), gateway);
    await page.goto(gateway.url);
    await live(page).waitFor();
    const field = page.getByRole('textbox', { name: 'Search' });
    const search = async (text: string) => {
      await field.fill(text);
      return expect.poll(() => tiles(page), { message: text, timeout: 30_000 });
    };
    await (await search('*801103')).toEqual(['1103@ext-local person']);
    for (const code of ['*761150', '*961150', '*451101*600', '*461101*600', '*87', '*8575'])
      await (await search(code)).toEqual([]);
    await field.fill('');
    await expect(page.getByText(/480/u).first()).toBeVisible();
    await page.setViewportSize(HIGH);
    await expect.poll(async () => tiles(page)).toEqual(peopleTiles);
  } finally {
    await watcher.stop();
  }
});
