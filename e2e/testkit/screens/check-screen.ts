import { openBoardClient } from '../clients/board-client.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { type Page, expect } from '@playwright/test';
import { signInBrowser } from '../browser/fixtures.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import { findLowContrast, rasterOf } from '../a11y/contrast.ts';
import { outOfOrderOn } from '../a11y/reading-order.ts';
import { type Screen, sizeOf } from './screens.ts';

interface Theme {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly contrast: 'more' | 'no-preference';
}

export const THEMES: readonly Theme[] = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'contrast', colorScheme: 'light', contrast: 'more' },
];

export const CONTRAST_DARK: Theme = { name: 'contrast-dark', colorScheme: 'dark', contrast: 'more' };

export async function openScreen(
  page: Page,
  gateway: RunningGateway,
  screen: Screen,
  { colorScheme, contrast }: Theme,
): Promise<void> {
  await page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
  await page.setViewportSize(sizeOf(screen));
  await page.context().clearCookies();
  if (screen.as !== null) await signInBrowser(page.context(), gateway, screen.as);
  await page.goto(`${gateway.url}${screen.path}`);
  await screen.ready(page, gateway);
}

/** Waits up to a minute for a ringing tile in view. */
export async function waitUntilRinging(page: Page): Promise<void> {
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

/** Takes a screenshot and checks its contrast and the reading order. */
export async function takeCheckedScreenshot(page: Page, what: string): Promise<Buffer> {
  const order = await outOfOrderOn(page);
  expect.soft(order, `${what}: read in the order in which it is seen`).toEqual([]);

  // Lamps may change between screenshot and page evaluation: only repeated issues count.
  let screenshot = await page.screenshot();
  let lowContrast = await findLowContrast(page, await rasterOf(screenshot));
  for (let retry = 0; retry < 2 && lowContrast.length > 0; retry += 1) {
    screenshot = await page.screenshot();
    const stillLowContrast = await findLowContrast(page, await rasterOf(screenshot));
    lowContrast = lowContrast.filter((issue) => stillLowContrast.includes(issue));
  }
  expect.soft(lowContrast, `${what}: text and lamps stand out`).toEqual([]);
  return screenshot;
}

/** Extensions of the demo office. */
const OVERDUE = [
  { exten: '1102', minutes: 12, state: 'away', subtype: 'Lunch', message: '' },
  {
    exten: '1109',
    minutes: 75,
    state: 'xa',
    subtype: '',
    message: 'At the dentist, urgent matters to Priya',
  },
] as const;

export async function setOverdueReturnTimes(gateway: { url: string }): Promise<void> {
  const board = await openBoardClient(gateway);
  for (const { exten, minutes, ...presence } of OVERDUE) {
    const id = `${exten}@default`;
    // The office may have changed it; it does not change a presence set by a user.
    await waitUntil(`${id} to be late`, async () => {
      const returnTime = { at: Date.now() - minutes * 60_000, thenState: null };
      return (await board.command('set-presence', { id, presence, base: board.presence(id), returnTime })).ok;
    });
  }
  board.stop();
}
