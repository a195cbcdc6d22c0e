import { type Locator, type Page, expect } from '@playwright/test';
import { textFaults } from '../pictures/boxes.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import { CROWD, crowdTest as test } from './crowd.ts';
import { CHROMIUM_ONLY, signInBrowser } from './fixtures.ts';

type View = 'Roomy' | 'Regular' | 'Compact' | 'Table';
const VIEWS: readonly View[] = ['Roomy', 'Regular', 'Compact', 'Table'];

/** Pixels of the window, from one column of tiles to many; at 488 tiles are as narrow as they get. */
const WIDTHS = [320, 488, 1024, 1280, 1920];
/** High enough for every tile to be drawn at once. */
const HEIGHT = 16_000;

const tiles = (page: Page) => page.locator('[data-extension]');

async function open(page: Page, gateway: RunningGateway, { language = 'en', path = '' } = {}): Promise<void> {
  await page.addInitScript({ content: `localStorage.setItem('lampboard.language', '${language}')` });
  await signInBrowser(page.context(), gateway);
  await page.goto(gateway.url + path);
  await expect(page.locator('[data-link]')).toHaveAttribute('data-link', 'live', { timeout: 15_000 });
}

/** In whatever language: the views are chosen by their places. */
async function choose(page: Page, view: View): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('radio').nth(VIEWS.indexOf(view)).check({ force: true });
}

/** The words of elements that are not seen whole. */
const cut = (elements: Locator) =>
  elements.evaluateAll((all) =>
    all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
  );

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** The longer words are looked at in every browser. */
const LANGUAGES: Readonly<Record<string, string[]>> = { en: [CHROMIUM_ONLY], de: [] };

for (const [language, tag] of Object.entries(LANGUAGES)) {
  test(
    `[BD27] no text lies over another, and none is cut without an ellipsis: ${language}`,
    { tag },
    async ({ page, crowd }) => {
      test.setTimeout(180_000);
      await open(page, crowd, { language });
      for (const view of VIEWS) {
        await choose(page, view);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHT });
          await expect(tiles(page)).toHaveCount(CROWD);
          expect.soft(await textFaults(page), `${view}, ${width} pixels`).toEqual([]);
        }
      }
    },
  );
}

test('[BD28] a compact tile shows the state’s word whole, or how late somebody is', async ({
  page,
  crowd,
}) => {
  await open(page, crowd, { language: 'de' });
  await choose(page, 'Compact');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: HEIGHT });
    await expect(tiles(page)).toHaveCount(CROWD);
    const shown = tiles(page).locator('.presence-word:visible, .mark-late');
    expect(await cut(shown)).toEqual([]);
    expect(await shown.count()).toBe(await tiles(page).and(page.locator('[data-presence]')).count());
  }
});

test('[BD29] the name of the column that is sorted by is read whole, and no other bears an arrow', async ({
  page,
  crowd,
}) => {
  await open(page, crowd);
  await choose(page, 'Table');
  for (const width of [360, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    for (const name of ['Lamp', 'Name', 'Presence', 'Back', 'Number']) {
      const head = page.getByRole('columnheader', { name });
      if ((await head.getAttribute('aria-sort')) === null) await head.getByRole('button').click();
      expect(await cut(head.locator('span'))).toEqual([]);
      await expect(page.locator('[role="columnheader"] svg:visible')).toHaveCount(1);
      await expect(head.locator('svg')).toBeVisible();
    }
  }
});

test('[WL8] the wall shows numbers whole, and leaves out a line for which there is no room', async ({
  page,
  crowd,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page, crowd, { language: 'de', path: 'wall?group=everyone' });
  const seen = new Set<string>();
  while (seen.size < CROWD) {
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(async () => seen.has((await tiles(page).first().getAttribute('data-extension')) ?? ''))
      .toBe(false);
    for (const id of await tiles(page).evaluateAll((all) =>
      all.map((one) => one.getAttribute('data-extension')),
    )) {
      if (id !== null) seen.add(id);
    }
    expect(await textFaults(page)).toEqual([]);
    expect(await cut(page.locator('.wall-number'))).toEqual([]);
  }
});
