import { checkedPicture, openScreen } from '../pictures/check-screen.ts';
import { someAreLate } from '../pictures/late.ts';
import { SCREENS } from '../pictures/screens.ts';
import { CONTRAST_DARK, THEMES } from '../pictures/themes.ts';
import { demoTest as test } from './demo-gateway.ts';
import { CHROMIUM_ONLY } from './fixtures.ts';

/** What `npm run pictures` looks at everywhere, here on some screens; nothing is written. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = {
  light: ['sign-in', 'person', 'table', 'palette', 'my-status', 'wall', 'board-narrow'],
  dark: ['person', 'table', 'accounts', 'health', 'wall'],
  contrast: ['person', 'my-status'],
  'contrast-dark': ['person'],
};

for (const theme of [...THEMES, CONTRAST_DARK]) {
  for (const screen of SCREENS.filter(({ name }) => LOOKED_AT[theme.name]?.includes(name))) {
    test(
      `[TH6] [TH7] ${screen.name}, ${theme.name}: everything stands out, and is read in the order in which it is seen`,
      { tag: CHROMIUM_ONLY },
      async ({ page, demoGateway }) => {
        await someAreLate(demoGateway);
        await openScreen(page, demoGateway, screen, theme);
        await checkedPicture(page, `${screen.name}, ${theme.name}`);
      },
    );
  }
}
