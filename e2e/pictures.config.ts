import tests from './playwright.config.ts';

/** `npm run pictures`: makes the pictures of the documentation anew. */
export default { ...tests, testDir: './pictures', projects: tests.projects?.slice(0, 1) ?? [] };
