import { type Page, expect } from '@playwright/test';
import type { TestAccountName } from '../gateway/test-accounts.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import { boardPage } from '../browser/fixtures.ts';
import { healthHour } from './health-hour.ts';

/** A screen of the documentation. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Null: signed out. */
  readonly as: TestAccountName | null;
  readonly width?: number;
  readonly height?: number;
  /** The screenshot waits for a ringing lamp. */
  readonly waitsForRinging?: boolean;
  /** Opens the state to be shown, and waits for it. */
  readonly ready: (page: Page, gateway: RunningGateway) => Promise<void>;
}

const isLive = (page: Page) =>
  expect(page.locator('[data-link]')).toHaveAttribute('data-link', 'live', { timeout: 15_000 });

const choose = (view: string) => (page: Page) =>
  page
    .getByRole('group', { name: 'View' })
    .getByRole('radio', { name: view, exact: true })
    .check({ force: true });

const seen = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { name }).first()).toBeVisible();

/** The board, changed by `open` once it is live. */
const boardScreen = (name: string, open: (page: Page) => Promise<void>, waitsForRinging = false): Screen => ({
  name,
  path: '',
  as: 'rita',
  waitsForRinging,
  async ready(page) {
    await isLive(page);
    await open(page);
  },
});

/** A group of functions; `open`: the id of the one whose panel is open. */
const functionScreen = (name: string, kind: string, open?: string, size: Partial<Screen> = {}): Screen => ({
  name,
  path: `?kind=${kind}${open === undefined ? '' : `&extension=${encodeURIComponent(open)}`}`,
  as: 'rita',
  ...size,
  async ready(page) {
    await isLive(page);
    await expect(page.locator(`[data-kind="${kind}"]`).first()).toBeVisible();
    if (open !== undefined)
      await expect(page.locator('.person-panel').getByRole('heading').first()).toBeVisible();
  },
});

export const SCREENS: readonly Screen[] = [
  { name: 'sign-in', path: 'sign-in', as: null, ready: (page) => seen(page, 'Sign in') },
  boardScreen('board', isLive, true),
  boardScreen('board-compact', choose('Compact'), true),
  boardScreen('table', choose('Table'), true),
  boardScreen('person', (page) => boardPage(page).openPerson('1104')),
  boardScreen('palette', async (page) => {
    await page.keyboard.press('Control+k');
    await page
      .getByRole('combobox', { name: 'Command palette' })
      .fill('sel away #Lunch 14:00 at the dentist');
    await expect(page.getByRole('option').first()).toBeVisible();
  }),
  functionScreen('parking', 'parking', '71@park-hints'),
  functionScreen('switches', 'switch', '*280@app-daynight-toggle'),
  functionScreen('queues', 'queue', '600@ext-queues', { width: 360, height: 740 }),
  functionScreen('conferences', 'conference'),
  {
    name: 'all-lines',
    path: '?lines=all',
    as: 'rita',
    async ready(page) {
      await isLive(page);
      await expect(page.getByRole('region', { name: /^Queues/ })).toBeVisible();
    },
  },
  {
    name: 'desk',
    path: '?desk=open',
    as: 'rita',
    width: 360,
    height: 740,
    async ready(page) {
      await isLive(page);
      await seen(page, 'Desk');
    },
  },
  boardScreen('keys', async (page) => {
    await page.keyboard.press('?');
    await seen(page, 'Keyboard shortcuts');
  }),
  boardScreen('groups', async (page) => {
    const sheet = page.getByRole('dialog');
    const made = page.getByRole('link', { name: /^On call/ });
    if ((await made.count()) > 0) {
      await made.click();
      await page.getByRole('button', { name: 'Edit On call' }).click();
      await expect(sheet).toBeVisible();
      return;
    }
    await page.getByRole('button', { name: 'New group' }).click();
    await sheet.getByRole('textbox', { name: 'Name' }).fill('On call');
    await sheet.getByRole('button', { name: 'Create' }).click();
    const add = sheet.getByRole('combobox', { name: 'Add someone' });
    for (const [index, number] of ['1104', '1112', '1103'].entries()) {
      await add.fill(number);
      await add.press('Enter');
      await expect(sheet.getByRole('button', { name: /^Remove / })).toHaveCount(index + 1);
    }
  }),
  {
    name: 'my-status',
    path: 'me',
    as: 'alice',
    width: 390,
    height: 844,
    ready: (page) => expect(page.getByRole('radiogroup', { name: 'Presence' })).toBeVisible(),
  },
  { name: 'account', path: 'account', as: 'rita', ready: (page) => seen(page, 'Active sessions') },
  { name: 'accounts', path: 'admin', as: 'ada', ready: (page) => seen(page, 'Accounts') },
  {
    name: 'add-accounts',
    path: 'admin/add-accounts',
    as: 'ada',
    async ready(page) {
      await page.getByRole('checkbox', { name: 'Josh Bellamy' }).check();
      await page.getByRole('checkbox', { name: 'Selina Kyle' }).check();
    },
  },
  {
    name: 'new-accounts',
    path: 'admin/add-accounts',
    as: 'ada',
    async ready(page) {
      for (const name of ['Josh Bellamy', 'Selina Kyle', 'Yuki Tanaka'])
        await page.getByRole('checkbox', { name }).check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('textbox', { name: 'Account name of Selina Kyle' }).fill('rita');
      await expect(page.getByText(/^Taken by/)).toBeVisible();
    },
  },
  {
    name: 'invitation-links',
    path: 'admin/add-accounts',
    as: 'ada',
    async ready(page) {
      const people = page.locator('.people-list li').getByRole('checkbox');
      await people.last().check();
      await people.nth((await people.count()) - 2).check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Add 2 accounts' }).click();
      await seen(page, '2 accounts added');
      page.once('dialog', (dialog) => void dialog.accept());
    },
  },
  {
    name: 'invitation',
    path: 'sign-in',
    as: null,
    async ready(page, gateway) {
      const { stdout } = await gateway.cli(['account', 'invite', 'alice']);
      await page.goto(stdout.trim());
      await expect(page.getByLabel('New password', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'directory',
    path: 'admin/directory',
    as: 'ada',
    ready: (page) => expect(page.locator('.directory-row').first()).toBeVisible(),
  },
  {
    name: 'directory-entry',
    path: 'admin/directory',
    as: 'ada',
    async ready(page) {
      await page.locator('.directory-row').first().click();
      await page.getByRole('textbox', { name: 'Department' }).fill('Front desk');
      await expect(page.getByText('Not saved yet')).toBeVisible();
      page.once('dialog', (dialog) => void dialog.accept());
    },
  },
  {
    name: 'import',
    path: 'admin/directory/import',
    as: 'ada',
    async ready(page) {
      await page
        .getByRole('textbox')
        .fill('extension,name,email,kind\n1101,Rita M.,,sofa\n1102,,josh@example.com,\n7777,Nobody,,\n');
      await page.getByRole('button', { name: 'Preview' }).click();
      await seen(page, 'Fits no hint');
    },
  },
  {
    name: 'health',
    path: 'admin/health',
    as: 'ada',
    height: 900,
    async ready(page) {
      // A new gateway has no history.
      await page.route('**/api/commands/get-health', (route) =>
        route.fulfill({ json: { ok: true, value: healthHour(Date.now()) } }),
      );
      await page.reload();
      await seen(page, 'Memory');
    },
  },
  { name: 'wall', path: 'wall?group=Support', as: 'rita', waitsForRinging: true, ready: isLive },
  { name: 'board-narrow', path: '', as: 'rita', width: 360, height: 740, ready: isLive },
  {
    name: 'board-down',
    path: '',
    as: 'rita',
    async ready(page, gateway) {
      await isLive(page);
      await gateway.kill();
      await expect(page.getByText('The Lampboard gateway is not responding')).toBeVisible({
        timeout: 20_000,
      });
    },
  },
];

export const sizeOf = ({ width = 1280, height = 800 }: Screen) => ({ width, height });
