import { type Locator, expect } from '@playwright/test';
import { openScreen, THEMES } from '../../testkit/screens/check-screen.ts';
import { contrast, pixelsAround, pixelsIn, rasterOf } from '../../testkit/a11y/contrast.ts';
import { hiddenFocus, sidewaysOverflow, smallTargets } from '../../testkit/a11y/target-size.ts';
import { SCREENS, type Screen } from '../../testkit/screens/screens.ts';
import { demoTest as test, CHROMIUM_ONLY, boardPage } from '../../testkit/browser/fixtures.ts';

type Pixels = ReturnType<typeof pixelsIn>;

const [LIGHT] = THEMES;
if (LIGHT === undefined) throw new Error('There is no theme.');
const screenOf = (name: string, size: Partial<Screen> = {}): Screen => {
  const found = SCREENS.find((screen) => screen.name === name);
  if (found === undefined) throw new Error(`There is no screen ${name}.`);
  return { ...found, ...size };
};

/** The pixels of a screenshot that contrast with its first one. */
async function shapeOf(locator: Locator): Promise<string> {
  const raster = await rasterOf(await locator.screenshot());
  const pixels = pixelsIn(raster, { x: 0, y: 0, width: raster.width, height: raster.height });
  const [ground] = pixels;
  return pixels.map((pixel) => (ground && contrast(pixel, ground) >= 3 ? '#' : '.')).join('');
}

/** Results are independent of the browser. */
test.describe('reach', { tag: CHROMIUM_ONLY }, () => {
  test.describe('[TH10] with a finger', () => {
    test.use({ hasTouch: true, isMobile: true });
    for (const name of [
      'board-narrow',
      'queues',
      'all-lines',
      'desk',
      'my-status',
      'sign-in',
      'account',
      'invitation',
      'add-accounts',
      'directory',
      'import',
    ]) {
      test(`what can be pressed is 44 pixels large: ${name}`, async ({ page, demoGateway }) => {
        await openScreen(page, demoGateway, screenOf(name, { width: 390, height: 844 }), LIGHT);
        expect(await smallTargets(page, 44)).toEqual([]);
      });
    }
  });

  for (const name of [
    'board',
    'person',
    'table',
    'parking',
    'all-lines',
    'desk',
    'palette',
    'keys',
    'groups',
    'account',
    'accounts',
    'add-accounts',
    'new-accounts',
    'invitation-links',
    'invitation',
    'directory',
    'directory-entry',
    'import',
  ]) {
    test(`[TH10] what can be pressed is 24 pixels large: ${name}`, async ({ page, demoGateway }) => {
      await openScreen(page, demoGateway, screenOf(name), LIGHT);
      expect(await smallTargets(page, 24)).toEqual([]);
    });
  }

  for (const width of [1280, 360]) {
    test(`[TH10] beside a long return time, too, at ${width} pixels`, async ({ page, demoGateway }) => {
      await openScreen(page, demoGateway, screenOf('palette', { width, height: 800 }), LIGHT);
      await page.getByRole('combobox').fill('sel away 24 Sep 14:00');
      await expect(page.getByRole('button', { name: 'Keep “24 Sep 14:00” as text' })).toBeVisible();
      expect(await smallTargets(page, 24)).toEqual([]);
    });
  }

  /** 1280 × 1024 at 400 %. */
  const MAGNIFIED = { width: 320, height: 256 };

  for (const name of 'sign-in board desk all-lines person my-status account accounts add-accounts new-accounts invitation-links invitation directory directory-entry import health wall groups keys'.split(
    ' ',
  )) {
    test(`[TH9] magnified four times, nothing is scrolled sideways: ${name}`, async ({
      page,
      demoGateway,
    }) => {
      const screen = screenOf(name);
      await openScreen(page, demoGateway, screen, LIGHT);
      await page.setViewportSize(MAGNIFIED);
      await expect.poll(() => sidewaysOverflow(page)).toBe(0);
      if (name === 'board' || name === 'wall')
        await expect(page.locator('[data-extension]').first()).toBeInViewport();
    });
  }

  for (const size of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
    { width: 640, height: 512 },
  ]) {
    test(`[TH11] what has the focus is seen, at ${size.width} pixels, from one end of the panel to the other`, async ({
      page,
      demoGateway,
    }) => {
      await openScreen(page, demoGateway, screenOf('person', size), LIGHT);
      for (const key of ['Tab', 'Shift+Tab']) {
        for (let step = 0; step < 40; step += 1) {
          await page.keyboard.press(key);
          expect(await hiddenFocus(page), `${key} ${step}`).toBeNull();
        }
      }
    });
  }

  test('[TH8] in forced colours every lamp has a shape of its own', async ({ page, demoGateway }) => {
    await openScreen(page, demoGateway, screenOf('board'), LIGHT);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const shapes = new Map<string, string>();
    for (const lamp of ['idle', 'in-use', 'unavailable']) {
      const first = page.locator(`[data-lamp="${lamp}"] .lamp`).first();
      await expect(first).toBeVisible();
      shapes.set(lamp, await shapeOf(first));
    }
    for (const shape of shapes.values()) expect(shape).toContain('#');
    expect(new Set(shapes.values()).size).toBe(shapes.size);
  });

  test('[TH8] in forced colours it is seen which tile has the focus, and whose person is open', async ({
    page,
    demoGateway,
  }) => {
    await openScreen(page, demoGateway, screenOf('board'), LIGHT);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const tile = boardPage(page).tile('1101');
    const { x, y, width, height } = (await tile.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const edge = async () => {
      const raster = await rasterOf(await page.screenshot());
      return pixelsAround(raster, { x: x + 3, y: y + 3, width: width - 6, height: height - 6 }, 7);
    };
    const changed = (before: Pixels, after: Pixels) =>
      after.filter((pixel, index) => contrast(pixel, before[index] ?? pixel) >= 3).length;
    /** Pixels of an outline. */
    const line = 2 * (width + height);

    const plain = await edge();
    await tile.focus();
    await page.keyboard.press('Home');
    expect(changed(plain, await edge())).toBeGreaterThan(line);
    await page.keyboard.press('Enter');
    await expect(boardPage(page).message).toBeVisible();
    await boardPage(page).message.focus();
    expect(changed(plain, await edge())).toBeGreaterThan(line);
  });
});
