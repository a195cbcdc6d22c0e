import { test as base, type BrowserContext, type Page, expect } from '@playwright/test';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { type AsteriskRelease, provideAsterisk } from '../asterisk/debian-asterisk.ts';
import { type RealAsterisk, startAsterisk } from '../asterisk/start-asterisk.ts';
import { ACCOUNTS, type TestAccountName } from '../gateway/test-accounts.ts';

export { expect };

/** Tag of tests that need features of Chromium. */
export const CHROMIUM_ONLY = '@chromium-only';
/** Tag of timing-sensitive tests, which run alone. */
export const SERIAL = '@serial';

/** Locators of the board in a browser. */
export type BoardPage = ReturnType<typeof boardPage>;

export function boardPage(page: Page) {
  const tile = (extension: string) => page.locator(`[data-extension="${extension}@default"]`);
  return {
    page,
    root: page.locator('[data-link]'),
    tile,
    /** Opens the person panel of an extension. */
    async openPerson(extension: string) {
      await tile(extension).click();
      await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    },
    subtype: page.getByRole('textbox', { name: 'Subtype' }),
    message: page.getByRole('textbox', { name: 'Message' }),
    save: page.getByRole('button', { name: 'Save', exact: true }),
    presence: (label: string) =>
      page.getByRole('radiogroup', { name: 'Presence' }).getByRole('radio', { name: label, exact: true }),
    alert: page.getByRole('alert'),
  };
}

/** Signs a browser in without using its page. */
export async function signInBrowser(
  context: BrowserContext,
  { url }: Pick<RunningGateway, 'url'>,
  as: TestAccountName = 'rita',
): Promise<void> {
  const { password } = ACCOUNTS[as];
  const answer = await context.request.post(`${url}api/sign-in`, { data: { account: as, password } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Signs in and opens a page with a live link. */
export async function openLiveBoard(
  page: Page,
  { url }: Pick<RunningGateway, 'url'>,
  { as = 'rita', path = '' }: { as?: TestAccountName; path?: string } = {},
): Promise<BoardPage> {
  await signInBrowser(page.context(), { url }, as);
  await page.goto(`${url}${path}`);
  const board = boardPage(page);
  await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: 15_000 });
  return board;
}

interface Fixtures {
  as: TestAccountName;
  /** A missing Asterisk fails if CI=true; otherwise tests that need one are skipped with a message. */
  asteriskOrSkip: void;
  board: BoardPage;
}

export interface WorkerFixtures {
  release: AsteriskRelease;
  asterisk: RealAsterisk;
  gateway: RunningGateway;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  release: ['22', { option: true, scope: 'worker' }],
  asterisk: [
    async ({ release }, use) => {
      const asterisk = await startAsterisk({ release });
      await use(asterisk);
      await asterisk.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  gateway: [
    async ({ asterisk }, use) => {
      const gateway = await startGateway({ amiPort: asterisk.amiPort });
      await use(gateway);
      await gateway.stop();
    },
    { scope: 'worker' },
  ],
  asteriskOrSkip: [
    async ({ release }, use, testInfo) => {
      const provided = await provideAsterisk(release);
      if ('missing' in provided && process.env['CI'] !== 'true') {
        process.stderr.write(`\n!!! SKIPPED: ${testInfo.title}: ${provided.missing}\n\n`);
        testInfo.skip(true, provided.missing);
      }
      await use();
    },
    { auto: true },
  ],
  as: ['rita', { option: true }],
  board: async ({ page, gateway, as }, use) => use(await openLiveBoard(page, gateway, { as })),
});

/** A gateway with the demo PBX, for tests that do not depend on the PBX. */
export const demoTest = base.extend<object, { demoGateway: RunningGateway }>({
  demoGateway: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument
    async ({}, use) => {
      const gateway = await startGateway({});
      await use(gateway);
      await gateway.stop();
    },
    { scope: 'worker' },
  ],
});
