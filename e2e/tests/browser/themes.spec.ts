import {
  takeCheckedScreenshot,
  openScreen,
  setOverdueReturnTimes,
  CONTRAST_DARK,
  THEMES,
} from '../../testkit/screens/check-screen.ts';
import { SCREENS } from '../../testkit/screens/screens.ts';
import { demoTest as test, CHROMIUM_ONLY } from '../../testkit/browser/fixtures.ts';

/** The checks of `npm run screenshots` on some screens. */
const SCREENS_BY_THEME: Readonly<Record<string, readonly string[]>> = {
  light: [
    'sign-in',
    'person',
    'table',
    'palette',
    'my-status',
    'wall',
    'board-narrow',
    'parking',
    'queues',
    'all-lines',
    'desk',
    'new-accounts',
    'invitation',
    'directory',
    'directory-entry',
  ],
  dark: [
    'person',
    'table',
    'switches',
    'conferences',
    'all-lines',
    'desk',
    'accounts',
    'add-accounts',
    'invitation-links',
    'directory',
    'import',
    'health',
    'wall',
  ],
  contrast: ['person', 'my-status', 'switches'],
  'contrast-dark': ['person'],
};

for (const theme of [...THEMES, CONTRAST_DARK]) {
  for (const screen of SCREENS.filter(({ name }) => SCREENS_BY_THEME[theme.name]?.includes(name))) {
    test(
      `[TH6] [TH7] ${screen.name}, ${theme.name}: everything stands out, and is read in the order in which it is seen`,
      { tag: CHROMIUM_ONLY },
      async ({ page, demoGateway }) => {
        await setOverdueReturnTimes(demoGateway);
        await openScreen(page, demoGateway, screen, theme);
        await takeCheckedScreenshot(page, `${screen.name}, ${theme.name}`);
      },
    );
  }
}
