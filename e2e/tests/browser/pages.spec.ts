import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';
import type { TestAccountName } from '../../testkit/gateway/test-accounts.ts';
import { trySignIn } from '../../testkit/gateway/http-client.ts';
import { demoTest as test, CHROMIUM_ONLY, signInBrowser } from '../../testkit/browser/fixtures.ts';

interface PageUnderTest {
  readonly path: string;
  readonly as: TestAccountName | null;
  /** Visible when the page is ready. */
  readonly heading: string | RegExp;
  readonly open?: (page: Page) => Promise<void>;
}

const PAGES: Readonly<Record<string, PageUnderTest>> = {
  'the sign-in': { path: 'sign-in', as: null, heading: /Sign in/ },
  'the first administrator': { path: `setup#${'x'.repeat(32)}`, as: null, heading: 'Welcome to Lampboard' },
  'the board': { path: '', as: 'rita', heading: 'Everyone' },
  'a person': { path: '?extension=1104@default', as: 'rita', heading: 'Alice Chen' },
  'a parking slot': {
    path: '?kind=parking&extension=71@park-hints',
    as: 'rita',
    heading: 'Parking 71',
  },
  'my status': { path: 'me', as: 'alice', heading: /./ },
  'account and sessions': { path: 'account', as: 'rita', heading: 'Active sessions' },
  accounts: { path: 'admin', as: 'ada', heading: 'Accounts' },
  'the audit log': { path: 'admin/audit', as: 'ada', heading: 'Audit log' },
  health: { path: 'admin/health', as: 'ada', heading: 'Memory' },
  'a new account': {
    path: 'admin',
    as: 'ada',
    heading: 'Accounts',
    async open(page) {
      await page.getByRole('button', { name: 'Add account' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  'an invitation': { path: `invite#${'x'.repeat(43)}`, as: null, heading: 'Set your password' },
  'accounts for people': {
    path: 'admin/add-accounts',
    as: 'ada',
    heading: 'Add accounts for people',
    async open(page) {
      await page.getByRole('checkbox', { name: 'Josh Bellamy' }).check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByRole('textbox', { name: 'Account name of Josh Bellamy' })).toBeVisible();
    },
  },
  'the directory': { path: 'admin/directory', as: 'ada', heading: 'Directory' },
  'an entry of the directory': {
    path: 'admin/directory',
    as: 'ada',
    heading: 'Directory',
    async open(page) {
      await page.locator('.directory-row').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  'an import': {
    path: 'admin/directory/import',
    as: 'ada',
    heading: 'Import',
    async open(page) {
      await page.getByRole('textbox').fill('extension,name\n1101,Rita M.\n7777,Nobody\n');
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.getByRole('heading', { name: 'Fits no hint' })).toBeVisible();
    },
  },
  'all lines': { path: '?lines=all', as: 'rita', heading: 'Queues' },
  'the desk of a phone': { path: '?desk=open', as: 'rita', heading: /Desk|Everyone/u },
  'the wall': { path: 'wall', as: 'alice', heading: 'Accounts' },
  'accounts, for others': { path: 'admin', as: 'rita', heading: 'Accounts' },
};

for (const [name, { path, as, heading, open }] of Object.entries(PAGES)) {
  test(
    `[TH3] nothing that axe finds: ${name}, light and dark, wide and narrow`,
    { tag: CHROMIUM_ONLY },
    async ({ page, demoGateway }) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      if (as !== null) await signInBrowser(page.context(), demoGateway, as);
      for (const width of [1440, 360]) {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 740 });
        // A different fragment alone does not reload the page.
        await page.goto('about:blank');
        await page.goto(`${demoGateway.url}${path}`);
        await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
        await open?.(page);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await axeFindings(page), `${colorScheme}, ${width} px`).toEqual([]);
        }
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, `${width} px`).toBe(0);
      }
      expect(complaints).toEqual([]);
    },
  );
}

test('[AD1] administrators add an account on its page, which can sign in then', async ({
  page,
  demoGateway,
}) => {
  await signInBrowser(page.context(), demoGateway, 'ada');
  await page.goto(`${demoGateway.url}admin`);
  await page.getByRole('button', { name: 'Add account' }).click();
  const sheet = page.getByRole('dialog');
  const name = 'Zoë';
  await sheet.getByRole('textbox', { name: 'Account' }).fill(name);
  const password = sheet.getByLabel('Password', { exact: true });
  await password.fill('password1');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(sheet.getByRole('alert')).toContainText('Choose another one');
  await password.fill('tangerine kettle 7');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByText(name).first()).toBeVisible();
  expect((await trySignIn(demoGateway, name, 'tangerine kettle 7')).status).toBe(200);
});

test('[AD1] tells others that it is not for them, and shows no account', async ({ page, demoGateway }) => {
  await signInBrowser(page.context(), demoGateway, 'rita');
  await page.goto(`${demoGateway.url}admin`);
  await expect(page.getByText('Only administrators can manage accounts.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add account' })).toHaveCount(0);
});

/** Returns each violated axe rule with its first element. */
async function axeFindings(page: Page): Promise<string[]> {
  // The pages have no frames, so that axe needs no second page.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
