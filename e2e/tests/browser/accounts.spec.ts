import type { Page } from '@playwright/test';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { boardPage, expect, test } from '../../testkit/browser/fixtures.ts';

const PASSWORD = 'tangerine kettle 7';
const menuOf = (page: Page, name: string) => page.getByRole('button', { name: `Account menu: ${name}` });

test('[SI13] [SI14] [AN8] [AN9] [AN10] [AN11] from a first visit to accounts for the people on the board', async ({
  page,
  browser,
  asterisk,
}) => {
  const gateway = await startGateway({ amiPort: asterisk.amiPort, accounts: false });
  const link = await waitUntil('the link', async () => /setup#\S+/.exec(await gateway.output())?.[0]);
  const open = async (path: string) => {
    // A different fragment alone does not reload the page.
    await page.goto('about:blank');
    await page.goto(`${gateway.url}${path}`);
  };
  const fill = async (name: string) => {
    await page.getByRole('textbox', { name: 'Account' }).fill(name);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  };
  const elsewhere = await browser.newContext();
  try {
    await open('');
    await expect(page.getByText('No accounts yet')).toBeVisible();
    await open(link.slice(0, -2));
    await expect(page.getByRole('alert')).toContainText('incomplete');
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await open(link);
    await fill('ada');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    const board = boardPage(page);
    await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: 15_000 });

    await board.openPerson('1105');
    await page.getByRole('link', { name: 'Add account' }).click();
    await expect(page.getByRole('combobox', { name: 'Extensions' })).toHaveValue('1105@default');
    await fill('maiden');
    const extensions = page.getByRole('combobox', { name: 'Extensions' });
    await extensions.press('End');
    await extensions.pressSequentially(', 1106');
    await page.getByRole('listbox', { name: 'Results' }).getByRole('option').first().click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.locator('[data-account="maiden"]')).toContainText('1105@default, 1106@default');

    const other = await elsewhere.newPage();
    await other.goto(`${gateway.url}me`);
    await other.getByRole('textbox', { name: 'Account' }).fill('maiden');
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByRole('textbox', { name: 'Message' }).fill('half a sentence');

    await open('?extension=1105%40default');
    await page.getByRole('link', { name: 'maiden' }).click();
    const sheet = page.getByRole('dialog', { name: 'maiden' });
    await sheet.getByRole('textbox', { name: 'Account' }).fill('Married');
    await sheet.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.locator('[data-account="Married"]')).toBeVisible();
    await expect(menuOf(other, 'Married')).toBeVisible();
    await expect(other.getByRole('textbox', { name: 'Message' })).toHaveValue('half a sentence');
  } finally {
    await elsewhere.close();
    await gateway.stop();
  }
});
