import tests from './playwright.config.ts';

/** `npm run screenshots`: takes and checks the screenshots of the documentation. */
export default {
  ...tests,
  testDir: './screenshots',
  testMatch: '*.spec.ts',
  projects: tests.projects?.slice(0, 1) ?? [],
};
