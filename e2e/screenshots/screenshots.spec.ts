import { mkdir } from 'node:fs/promises';
import { test } from '@playwright/test';
import sharp from 'sharp';
import { startGateway } from '../testkit/gateway/start-gateway.ts';
import {
  setOverdueReturnTimes,
  takeCheckedScreenshot,
  openScreen,
  waitUntilRinging,
  CONTRAST_DARK,
  THEMES,
} from '../testkit/screens/check-screen.ts';
import { SCREENS } from '../testkit/screens/screens.ts';
import { repoPath } from '../testkit/processes/repo-path.ts';

const FOLDER = repoPath('docs/pictures/');

const COLOURS = 96;

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
        // Checked only.
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
