import { type Page, expect } from '@playwright/test';
import { signInBrowser } from '../browser/fixtures.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import { faintOn } from './contrast.ts';
import { rasterOf } from './raster.ts';
import { outOfOrderOn } from './reading-order.ts';
import { type Screen, sizeOf } from './screens.ts';
import { type Theme, wear } from './themes.ts';

/** Opens a screen in a theme. */
export async function openScreen(
  page: Page,
  gateway: RunningGateway,
  screen: Screen,
  theme: Theme,
): Promise<void> {
  await wear(page, theme);
  await page.setViewportSize(sizeOf(screen));
  await page.context().clearCookies();
  if (screen.as !== null) await signInBrowser(page.context(), gateway, screen.as);
  await page.goto(`${gateway.url}${screen.path}`);
  await screen.ready(page, gateway);
}

/** Something in view rings, as in an office at ten in the morning; a quiet one will do after a minute. */
export async function untilItRings(page: Page): Promise<void> {
  const ringing = page.locator('[data-lamp$="ringing"]');
  const inView = () =>
    ringing.evaluateAll((tiles) =>
      tiles.some((tile) => {
        const { bottom } = tile.getBoundingClientRect();
        return bottom < tile.ownerDocument.defaultView.innerHeight;
      }),
    );
  await expect
    .poll(inView, { timeout: 60_000, intervals: [100] })
    .toBe(true)
    .catch(() => undefined);
}

/** Takes a picture, and looks at what is on it; what is seen on the picture is what was measured. */
export async function checkedPicture(page: Page, what: string): Promise<Buffer> {
  const order = await outOfOrderOn(page);
  expect.soft(order, `${what}: read in the order in which it is seen`).toEqual([]);

  // Lamps move on between the picture and the look at the page: what is faint once may be that, twice it is not.
  let picture = await page.screenshot();
  let faint = await faintOn(page, await rasterOf(picture));
  for (let again = 0; again < 2 && faint.length > 0; again += 1) {
    picture = await page.screenshot();
    const still = await faintOn(page, await rasterOf(picture));
    faint = faint.filter((words) => still.includes(words));
  }
  expect.soft(faint, `${what}: text and lamps stand out`).toEqual([]);
  return picture;
}
