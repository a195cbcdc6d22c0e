import { test as base, type BrowserContext, type Locator, type Page, expect } from '@playwright/test';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { type AsteriskRelease, provideAsterisk } from '../asterisk/debian-asterisk.ts';
import { type RealAsterisk, startAsterisk } from '../asterisk/start-asterisk.ts';
import { ACCOUNTS, type TestAccountName } from '../gateway/test-accounts.ts';

export { expect };

/** The tag of tests that ask Chromium for what other browsers do not tell. */
export const CHROMIUM_ONLY = '@chromium-only';
/** The tag of tests that show a matter of seconds or less: each has the machine to itself. */
export const SERIAL = '@serial';

/** The board in a browser, in the words of the DOM contract. */
export interface BoardPage {
  readonly page: Page;
  readonly root: Locator;
  tile(extension: string): Locator;
  /** Opens the person at an extension in the side panel. */
  openPerson(extension: string): Promise<void>;
  readonly subtype: Locator;
  readonly message: Locator;
  readonly save: Locator;
  presence(label: string): Locator;
  readonly alert: Locator;
}

export function boardPage(page: Page): BoardPage {
  const tile = (extension: string) => page.locator(`[data-extension="${extension}@default"]`);
  return {
    page,
    root: page.locator('[data-link]'),
    tile,
    async openPerson(extension) {
      await tile(extension).click();
      await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    },
    subtype: page.getByRole('textbox', { name: 'Subtype' }),
    message: page.getByRole('textbox', { name: 'Message' }),
    save: page.getByRole('button', { name: 'Save', exact: true }),
    presence: (label) =>
      page.getByRole('radiogroup', { name: 'Presence' }).getByRole('radio', { name: label, exact: true }),
    alert: page.getByRole('alert'),
  };
}

/** Signs a browser in without its page, so that a test begins on the board. */
export async function signInBrowser(
  context: BrowserContext,
  { url }: Pick<RunningGateway, 'url'>,
  as: TestAccountName = 'rita',
): Promise<void> {
  const { password } = ACCOUNTS[as];
  const answer = await context.request.post(`${url}api/sign-in`, { data: { account: as, password } });
  expect(answer.status(), await answer.text()).toBe(200);
}

interface Fixtures {
  /** Who is signed in on the board. */
  as: TestAccountName;
  /** Where CI=true a missing Asterisk fails; elsewhere the tests that need one are skipped, and say so. */
  asteriskOrSkip: void;
  /** A live board on a real Asterisk, opened afresh. */
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
  board: async ({ page, gateway, as }, use) => {
    await signInBrowser(page.context(), gateway, as);
    await page.goto(gateway.url);
    const board = boardPage(page);
    await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: 15_000 });
    await use(board);
  },
});

/** Lampboard as `npm start` shows it where no Asterisk is configured, for what does not depend on the PBX. */
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
