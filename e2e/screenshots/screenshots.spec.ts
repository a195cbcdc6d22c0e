import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import sharp from 'sharp';
import { startGateway } from '../testkit/gateway/start-gateway.ts';
import { setOverdueReturnTimes } from '../testkit/screens/overdue.ts';
import { takeCheckedScreenshot, openScreen, waitUntilRinging } from '../testkit/screens/check-screen.ts';
import { SCREENS } from '../testkit/screens/screens.ts';
import { CONTRAST_DARK, THEMES } from '../testkit/screens/themes.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

/** A picture of a page has few colours: so many are enough for all that the eye finds in it. */
const COLOURS = 96;

/** The pictures of the documentation, over the demo PBX, each checked as it is taken. */
for (const screen of SCREENS) {
  test(screen.name, async ({ page }) => {
    test.setTimeout(600_000);
    await mkdir(FOLDER, { recursive: true });
    const gateway = await startGateway({});
    try {
      await setOverdueReturnTimes(gateway);
      for (const theme of [...THEMES, CONTRAST_DARK]) {
        if (!gateway.child().isRunning()) await gateway.start();
        await openScreen(page, gateway, screen, theme);
        if (screen.waitsForRinging === true) await waitUntilRinging(page);
        const screenshot = await takeCheckedScreenshot(page, `${screen.name}, ${theme.name}`);
        // Checked, and not kept: the other one of high contrast is enough to show it.
        if (theme === CONTRAST_DARK) continue;
        await sharp(screenshot)
          .png({ palette: true, colours: COLOURS, dither: 0, effort: 10 })
          .toFile(`${FOLDER}${screen.name}-${theme.name}.png`);
      }
    } finally {
      if (gateway.child().isRunning()) await gateway.stop();
    }
  });
}
