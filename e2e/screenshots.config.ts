import tests from './playwright.config.ts';

/** `npm run pictures`: makes the pictures of the documentation anew, and looks at each. */
export default {
  ...tests,
  testDir: './screenshots',
  testMatch: '*.spec.ts',
  projects: tests.projects?.slice(0, 1) ?? [],
};
