import { mkdir, readFile } from 'node:fs/promises';
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

/** The text of all documents: a picture that none shows is checked, and not saved. */
async function readDocuments(): Promise<string> {
  const paths = ['README.md', 'docs/guide.md', 'docs/administration.md', 'docs/security.md'];
  return (await Promise.all(paths.map((path) => readFile(repoPath(path), 'utf8')))).join('\n');
}

for (const screen of SCREENS) {
  test(screen.name, async ({ page }) => {
    test.setTimeout(600_000);
    await mkdir(FOLDER, { recursive: true });
    const documents = await readDocuments();
    const gateway = await startGateway({});
    try {
      await setOverdueReturnTimes(gateway);
      for (const theme of [...THEMES, CONTRAST_DARK]) {
        if (!gateway.child().isRunning()) await gateway.start();
        await openScreen(page, gateway, screen, theme);
        if (screen.waitsForRinging === true) await waitUntilRinging(page);
        const screenshot = await takeCheckedScreenshot(page, `${screen.name}, ${theme.name}`);
        const file = `${screen.name}-${theme.name}.png`;
        if (!documents.includes(`pictures/${file}`)) continue;
        await sharp(screenshot)
          .png({ palette: true, colours: COLOURS, dither: 0, effort: 10 })
          .toFile(`${FOLDER}${file}`);
      }
    } finally {
      if (gateway.child().isRunning()) await gateway.stop();
    }
  });
}
