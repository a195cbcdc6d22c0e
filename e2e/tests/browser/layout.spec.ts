import { type Locator, type Page, expect } from '@playwright/test';
import { cutTexts, textClippingIssues } from '../../testkit/a11y/text-clipping.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import {
  FUNCTIONS_OF_A_KIND,
  FUNCTION_KINDS,
  MEMBER_COUNT,
  LONG_DEPARTMENT,
  everyStateTest as test,
} from '../../testkit/browser/every-state-site.ts';
import { CHROMIUM_ONLY, openLiveBoard } from '../../testkit/browser/fixtures.ts';
import {
  SMALLEST_VIEWPORTS,
  expectTwoVisibleTiles,
  countFullyVisible,
} from '../../testkit/browser/first-view.ts';

type View = 'Roomy' | 'Regular' | 'Compact' | 'Table';
const VIEWS: readonly View[] = ['Roomy', 'Regular', 'Compact', 'Table'];

/** From one column of tiles to many; tiles are narrowest at 488. */
const WIDTHS = [320, 488, 1024, 1280, 1920];
/** High enough to render every tile. */
const HEIGHT = 16_000;

const tiles = (page: Page) => page.locator('[data-extension]');

async function open(page: Page, gateway: RunningGateway, { language = 'en', path = '' } = {}): Promise<void> {
  await page.addInitScript({ content: `localStorage.setItem('lampboard.language', '${language}')` });
  await openLiveBoard(page, gateway, { path });
}

/** Independent of the language. */
async function choose(page: Page, view: View): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('radio').nth(VIEWS.indexOf(view)).check({ force: true });
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** The longer words are checked in every browser. */
const LANGUAGES: Readonly<Record<string, string[]>> = { en: [CHROMIUM_ONLY], de: [] };

for (const [language, tag] of Object.entries(LANGUAGES)) {
  test(
    `[BD27] [BD39] no text lies over another, and none is cut without an ellipsis: ${language}`,
    { tag },
    async ({ page, everyStateGateway }) => {
      test.setTimeout(180_000);
      await open(page, everyStateGateway, { language });
      for (const view of VIEWS) {
        await choose(page, view);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHT });
          await expect(tiles(page)).toHaveCount(MEMBER_COUNT);
          expect.soft(await textClippingIssues(page), `${view}, ${width} pixels`).toEqual([]);
        }
      }
    },
  );
}

for (const language of Object.keys(LANGUAGES)) {
  test(
    `[BD27] [KP4] so it is in the groups of queues, slots and switches, and in their panels: ${language}`,
    { tag: CHROMIUM_ONLY },
    async ({ page, everyStateGateway }) => {
      test.setTimeout(180_000);
      for (const kind of FUNCTION_KINDS) {
        await open(page, everyStateGateway, { language, path: `?kind=${kind}` });
        for (const view of VIEWS) {
          await choose(page, view);
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 1600 });
            await expect(tiles(page)).toHaveCount(FUNCTIONS_OF_A_KIND);
            expect.soft(await textClippingIssues(page), `${kind}, ${view}, ${width} pixels`).toEqual([]);
          }
        }
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 800 });
          await tiles(page).last().click();
          await expect(page.getByRole('heading', { level: 2 }).last()).toBeVisible();
          expect.soft(await textClippingIssues(page), `panel of ${kind}, ${width} pixels`).toEqual([]);
          await page.keyboard.press('Escape');
        }
      }
    },
  );
}

test('[BD28] a compact tile shows the state’s word whole, or how late somebody is', async ({
  page,
  everyStateGateway,
}) => {
  await open(page, everyStateGateway, { language: 'de' });
  await choose(page, 'Compact');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: HEIGHT });
    await expect(tiles(page)).toHaveCount(MEMBER_COUNT);
    const answers = tiles(page).locator('.tile-short');
    expect(await cutTexts(answers)).toEqual([]);
    const unreachable = tiles(page).and(page.locator(':not([data-reachable])'));
    await expect(unreachable.locator('.tile-short:empty')).toHaveCount(0);
  }
});

test('[BR6] [BR7] a tile shows number, state, time and how late a person is, in full', async ({
  page,
  everyStateGateway,
}) => {
  for (const language of Object.keys(LANGUAGES)) {
    await open(page, everyStateGateway, { language });
    await choose(page, 'Regular');
    for (const width of [360, 488, 1440]) {
      await page.setViewportSize({ width, height: HEIGHT });
      await expect(tiles(page)).toHaveCount(MEMBER_COUNT);
      const parts = '.tile-number, .tile-state > :not(.tile-until), .badge-overdue, .tile-duration';
      expect.soft(await cutTexts(tiles(page).locator(parts)), `${language}, ${width} pixels`).toEqual([]);
    }
    await page.context().setOffline(true);
    await expect(tiles(page).and(page.locator('[data-last-known]'))).toHaveCount(MEMBER_COUNT);
    const answers = tiles(page).locator('.tile-head + .tile-line .tile-state > *');
    await expect(answers).toHaveCount(MEMBER_COUNT);
    expect.soft(await cutTexts(answers), `${language}, last known`).toEqual([]);
    await page.context().setOffline(false);
  }
});

test('[BR4] tiles differ in ground and edge by whether a call can be put through', async ({
  page,
  everyStateGateway,
}) => {
  await open(page, everyStateGateway);
  await choose(page, 'Regular');
  await page.setViewportSize({ width: 1280, height: HEIGHT });
  const stylesOf = (selector: string) =>
    tiles(page)
      .and(page.locator(selector))
      .evaluateAll((all) => [
        ...new Set(
          all.map((one) => {
            const style = one.ownerDocument.defaultView.getComputedStyle(one);
            return [style.backgroundColor, style.boxShadow, style.borderTopColor, style.borderStyle].join();
          }),
        ),
      ]);
  const live = [
    await stylesOf('[data-reachable]'),
    await stylesOf('[data-lamp="ringing"]'),
    await stylesOf(':not([data-reachable], [data-lamp="ringing"])'),
  ];
  await page.context().setOffline(true);
  await expect(page.locator('.connection-banner')).toBeVisible();
  const all = [...live, await stylesOf('[data-last-known]')];
  expect(all.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  expect(new Set(all.flat()).size).toBe(4);
});

test('[BD29] the name of the column that is sorted by is read whole, and no other bears an arrow', async ({
  page,
  everyStateGateway,
}) => {
  await open(page, everyStateGateway);
  await choose(page, 'Table');
  for (const width of [360, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    for (const name of ['Phone', 'Name', 'Presence', 'Return time', 'Number']) {
      const head = page.getByRole('columnheader', { name });
      if ((await head.getAttribute('aria-sort')) === null) await head.getByRole('button').click();
      expect(await cutTexts(head.locator('span'))).toEqual([]);
      await expect(page.locator('[role="columnheader"] svg:visible')).toHaveCount(1);
      await expect(head.locator('svg')).toBeVisible();
    }
  }
});

test('[WL8] the wall shows numbers whole, and leaves out a line for which there is no room', async ({
  page,
  everyStateGateway,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page, everyStateGateway, { language: 'de', path: 'wall?group=everyone' });
  const seen = new Set<string>();
  while (seen.size < MEMBER_COUNT) {
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(async () => seen.has((await tiles(page).first().getAttribute('data-extension')) ?? ''))
      .toBe(false);
    for (const id of await tiles(page).evaluateAll((all) =>
      all.map((one) => one.getAttribute('data-extension')),
    )) {
      if (id !== null) seen.add(id);
    }
    expect(await textClippingIssues(page)).toEqual([]);
    expect(await cutTexts(page.locator('.tile-number'))).toEqual([]);
  }
});

const LOW = [
  { width: 640, height: 360 },
  { width: 480, height: 270 },
  { width: 360, height: 300 },
  ...SMALLEST_VIEWPORTS,
];

for (const view of ['Regular', 'Table'] as const) {
  test(`[TH12] where the window is low the page scrolls, and two tiles are seen and read: ${view}`, async ({
    page,
    everyStateGateway,
  }) => {
    await open(page, everyStateGateway, { language: 'de' });
    await choose(page, view);
    for (const size of LOW) {
      await page.setViewportSize(size);
      const what = `${size.width} × ${size.height}`;
      await page.getByRole('textbox').first().fill('Novak');
      await expect.poll(() => countFullyVisible(page), what).toBeGreaterThan(0);
      await page.keyboard.press('Escape');
      await tiles(page).first().hover();
      await page.mouse.wheel(0, 5000);
      await expect(page.getByRole('textbox').first(), what).not.toBeInViewport();
      await tiles(page)
        .nth(4)
        .evaluate((tile) => tile.scrollIntoView({ block: 'start' }));
      await expect.poll(() => countFullyVisible(page), what).toBeGreaterThanOrEqual(2);
      expect(await textClippingIssues(page), what).toEqual([]);
      await page.mouse.wheel(0, -9000);
    }
  });
}

for (const view of VIEWS) {
  test(`[TH12] where the window is lowest two tiles are seen and read without scrolling, live and not: ${view}`, async ({
    page,
    everyStateGateway,
  }) => {
    await open(page, everyStateGateway, { language: 'de' });
    await choose(page, view);
    for (const size of SMALLEST_VIEWPORTS) {
      await page.setViewportSize(size);
      await expectTwoVisibleTiles(page, `${size.width} pixels`);
      await tiles(page).first().focus();
      await page.keyboard.press('*');
      await expect(page.locator('.toast')).toBeVisible();
      // The tile has gone to its department, and the view with it.
      await page.keyboard.press('Control+Home');
      await expect.poll(() => countFullyVisible(page), `${size.width} pixels`).toBeGreaterThanOrEqual(2);
      await page.locator('.toast-close').click();
    }
    await page.context().setOffline(true);
    await expect(page.locator('.connection-banner')).toBeVisible();
    for (const size of SMALLEST_VIEWPORTS) {
      await page.setViewportSize(size);
      await expectTwoVisibleTiles(page, `${size.width} pixels, while not live`);
    }
  });
}

/** Expects that the boxes do not overlap once animations are over. */
async function expectApart(one: Locator, other: Locator): Promise<void> {
  await expect
    .poll(async () => {
      const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
      if (a === null || b === null) return null;
      const isSideBySide = a.x + a.width <= b.x + 1 || b.x + b.width <= a.x + 1;
      return isSideBySide || a.y + a.height <= b.y + 1 || b.y + b.height <= a.y + 1;
    })
    .toBe(true);
}

test(
  '[TH13] the panel shows a name whole and clear of its buttons, whichever way it is written',
  { tag: CHROMIUM_ONLY },
  async ({ page, everyStateGateway }) => {
    await open(page, everyStateGateway);
    for (const size of [{ width: 1280, height: 800 }, { width: 720, height: 450 }, ...LOW]) {
      await page.setViewportSize(size);
      for (const name of ['الشرقاوي', 'Maximiliane']) {
        await page.getByRole('textbox').first().fill(name);
        await page.keyboard.press('Enter');
        const heading = page.getByRole('heading', { name });
        await expect(heading).toBeInViewport({ ratio: 1 });
        const panel = page.locator('.person-panel');
        await expectApart(heading, panel.getByRole('button', { name: 'Favourite' }));
        await expectApart(heading, panel.getByRole('button', { name: /^(Close|Back to the board)$/ }));
        await page.keyboard.press('Escape');
        await expect(panel.getByRole('heading', { name })).toHaveCount(0);
      }
    }
  },
);

test('[TH14] a notice covers no tile', async ({ page, everyStateGateway }) => {
  await open(page, everyStateGateway);
  await page.setViewportSize({ width: 1280, height: 600 });
  await tiles(page).first().focus();
  await page.keyboard.press('*');
  const notice = page.locator('.toast').last();
  await expect(notice).toBeVisible();
  for (const width of [1440, 1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 600 });
    const covered = () =>
      notice.evaluate((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const { ownerDocument: document } = element;
        return [left + 1, (left + right) / 2, right - 1]
          .flatMap((x) => document.elementsFromPoint(x, (top + bottom) / 2))
          .filter((below) => below.closest('[data-extension], [role="grid"]') !== null).length;
      });
    await expect.poll(covered, `${width} pixels`).toBe(0);
  }
});

test(
  '[TH15] in the bar nothing lies over anything else',
  { tag: CHROMIUM_ONLY },
  async ({ page, everyStateGateway }) => {
    await open(page, everyStateGateway);
    for (const width of [360, 600, 721, 768, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      const parts = await page.locator('.top-bar :is(.connection-badge > *, button, input):visible').all();
      for (const [index, part] of parts.entries()) {
        for (const other of parts.slice(index + 1)) {
          const isWithin = await part.evaluate((one, id) => one.closest(id) !== null, '.search-field');
          if (!isWithin) await expectApart(part, other);
        }
      }
    }
  },
);

test('[TH17] on a narrow screen no return time cuts a name above it', async ({ page, everyStateGateway }) => {
  await open(page, everyStateGateway, { language: 'de' });
  await choose(page, 'Table');
  await page.setViewportSize({ width: 360, height: 740 });
  const overdueTile = tiles(page).filter({ hasText: 'Siobhán' }).filter({ hasText: 'überfällig' }).first();
  await expect(overdueTile).toBeVisible();
  expect(await cutTexts(overdueTile.locator('.table-name .table-text'))).toEqual([]);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('104');
  const option = page.getByRole('option').filter({ hasText: 'Siobhán' }).first();
  await expect(option).toContainText('überfällig');
  expect(await cutTexts(option.locator('.person-line-name'))).toEqual([]);
});

test('[TH17] [SR10] a hit elsewhere is as wide as the page at most, and its number is read', async ({
  page,
  everyStateGateway,
}) => {
  await open(page, everyStateGateway, { path: '?department=Sales' });
  for (const size of [{ width: 360, height: 740 }, ...SMALLEST_VIEWPORTS]) {
    await page.setViewportSize(size);
    await page.getByRole('textbox').first().fill('Wolkenstein');
    const result = page.getByText('found elsewhere').locator('..').getByRole('button').first();
    await expect(result).toBeInViewport({ ratio: 1 });
    expect(await result.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await expect(result).toHaveAccessibleName(/Wolkenstein.* \d+/);
  }
});

test('[TH18] in the palette nothing lies over what will be set', async ({ page, everyStateGateway }) => {
  await open(page, everyStateGateway);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('104 away 14:00 at the dentist');
  for (const size of [{ width: 1280, height: 800 }, { width: 720, height: 450 }, ...LOW]) {
    await page.setViewportSize(size);
    const set = page.getByRole('button', { name: /^Set/ });
    await expectApart(page.locator('.preview-after'), set);
    await set.scrollIntoViewIfNeeded();
    await expectApart(page.locator('.preview-after'), set);
  }
});

test.describe('with a finger', { tag: CHROMIUM_ONLY }, () => {
  test.use({ hasTouch: true, isMobile: true });
  test('[TH15] the head of a narrow board takes two lines, however long the name of the group is', async ({
    page,
    everyStateGateway,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, everyStateGateway, { path: `?department=${encodeURIComponent(LONG_DEPARTMENT)}` });
    await expect(page.getByRole('heading', { name: LONG_DEPARTMENT, level: 1 })).toBeVisible();
    const views = page.getByRole('group', { name: 'View' });
    // One line as high as the views, and one of text.
    await expect
      .poll(async () => {
        const [head, view] = [await page.locator('.board-header').boundingBox(), await views.boundingBox()];
        return head && view && head.height / view.height;
      })
      .toBeLessThan(2.4);
  });
});
