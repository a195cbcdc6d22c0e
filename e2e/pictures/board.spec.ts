import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { boardPage, signInBrowser } from '../browser/fixtures.ts';
import { startGateway } from '../gateway/start-gateway.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

/** The pictures in the documentation: the board over the demo PBX, at a moment when something rings and one is held. */
test('the board, light and dark', async ({ page }) => {
  test.setTimeout(600_000);
  const gateway = await startGateway({});
  await signInBrowser(page.context(), gateway);
  const board = boardPage(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(gateway.url);
    await board.openPerson('1104');
    for (const lamp of ['ringing', 'on-hold', 'in-use']) {
      await expect(page.locator(`[data-lamp="${lamp}"]`).first()).toBeInViewport({ timeout: 120_000 });
    }
    await page.screenshot({ path: `${DOCS}board-${colorScheme}.png` });
  }
  await gateway.stop();
});
