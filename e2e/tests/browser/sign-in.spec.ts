import type { Page } from '@playwright/test';
import { ACCOUNTS, type TestAccountName } from '../../testkit/gateway/test-accounts.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startProvider } from '../../testkit/oidc/start-provider.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { boardPage, expect, test, openLiveBoard } from '../../testkit/browser/fixtures.ts';

function signInPage(page: Page) {
  const account = page.getByRole('textbox', { name: 'Account' });
  const password = page.getByLabel('Password', { exact: true });
  const button = page.getByRole('button', { name: 'Sign in', exact: true });
  return {
    account,
    password,
    button,
    async as(name: string, secret: string) {
      await account.fill(name);
      await password.fill(secret);
      await button.click();
    },
  };
}

const menuOf = (page: Page, name: string) => page.getByRole('button', { name: `Account menu: ${name}` });

async function signedIn(page: Page, as: TestAccountName, url: string, path = ''): Promise<void> {
  await page.goto(`${url}${path}`);
  await signInPage(page).as(as, ACCOUNTS[as].password);
  await expect(menuOf(page, as)).toBeVisible();
}

test('[SI1] without a session one comes to the sign-in page, and with one to where one was heading', async ({
  page,
  gateway,
}) => {
  await page.goto(`${gateway.url}account`);
  await expect(page).toHaveURL(/\/sign-in/);
  const form = signInPage(page);
  await expect(page.locator('[data-extension]')).toHaveCount(0);
  await expect(form.password).toHaveAttribute('type', 'password');
  await expect(form.password).toHaveAttribute('autocomplete', 'current-password');
  await expect(form.account).toHaveAttribute('autocomplete', 'username');
  await form.as('rita', ACCOUNTS.rita.password);
  await expect(page).toHaveURL(`${gateway.url}account`);

  await page.goto(gateway.url);
  await expect(boardPage(page).root).toHaveAttribute('data-link', 'live', { timeout: 15_000 });
});

test('[SI4] leads nowhere else after signing in', async ({ page, gateway }) => {
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await page.context().clearCookies();
    await page.goto(`${gateway.url}sign-in?to=${encodeURIComponent(to)}`);
    await signInPage(page).as('rita', ACCOUNTS.rita.password);
    await expect(menuOf(page, 'rita')).toBeVisible();
    expect(new URL(page.url()).host).toBe(new URL(gateway.url).host);
  }
});

test('[SI1] a wrong password is told as an alert, and the account stays filled in', async ({
  page,
  gateway,
}) => {
  await page.goto(gateway.url);
  const form = signInPage(page);
  await form.as('rita', 'not this one at all');
  await expect(page.getByRole('alert')).toContainText(/password is wrong/);
  await expect(form.account).toHaveValue('rita');
  await expect(page.locator('[data-extension]')).toHaveCount(0);
  await form.password.fill(ACCOUNTS.rita.password);
  await form.password.press('Enter');
  await expect(menuOf(page, 'rita')).toBeVisible();
});

test('[SI3] after too many attempts it says for how long to wait', async ({ page, gateway }) => {
  await page.goto(gateway.url);
  const form = signInPage(page);
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    const answered = page.waitForResponse(
      (response) => response.url().endsWith('/api/sign-in') && response.request().method() === 'POST',
    );
    await form.as('mallory', `guess number ${attempt}`);
    expect((await answered).status()).toBe(attempt <= 5 ? 401 : 429);
  }
  await expect(page.getByRole('alert')).toContainText(/Too many attempts\. You can try again at \d/);
  await expect(page.getByText(/Try again in \d+ s/)).toBeVisible();
  await expect(form.account).toHaveValue('mallory');
});

test('[SI2] a session that runs out under an open board asks to sign in again, and loses no draft', async ({
  page,
  asterisk,
}) => {
  const gateway = await startGateway({
    amiPort: asterisk.amiPort,
    env: { LAMPBOARD_SESSION_MAX_DAYS: String(8 / 86_400) },
  });
  try {
    await signedIn(page, 'rita', gateway.url);
    await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
    const board = boardPage(page);
    await board.openPerson('1110');
    const before = await asterisk.readPresence('CustomPresence:1110');
    const state = board.presence('Extended away');
    await state.click();
    await board.message.fill('typed before the end\nsecond line');

    await expect(page.getByRole('heading', { name: 'Sign in again' })).toBeVisible({ timeout: 12_000 });
    await expect(page.locator('[data-extension]').first()).toBeHidden();
    await expect(page.getByText('typed before the end')).toBeHidden();
    const form = signInPage(page);
    await expect(form.account).toHaveValue('rita');
    await form.password.fill(ACCOUNTS.rita.password);
    await form.button.click();

    await expect(board.root).toHaveAttribute('data-link', 'live');
    await expect(state).toBeChecked();
    await expect(board.message).toHaveValue('typed before the end\nsecond line');
    expect(await asterisk.readPresence('CustomPresence:1110')).toEqual(before);
    await board.save.click();
    await expect(board.tile('1110')).toHaveAttribute('data-presence', 'xa');
    expect(await asterisk.readPresence('CustomPresence:1110')).toMatchObject({
      state: 'xa',
      message: 'typed before the end\nsecond line',
    });
    expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
  } finally {
    await gateway.stop();
  }
});

test('[SI2] another account that signs in there finds neither the draft nor the place', async ({
  page,
  gateway,
}) => {
  await signedIn(page, 'rita', gateway.url);
  const board = boardPage(page);
  await board.openPerson('1111');
  await board.message.fill('for the eyes of rita');
  const ended = await gateway.cli(['account', 'disable', 'rita']);
  try {
    expect(ended.code, ended.stderr).toBe(0);
    await expect(page.getByRole('heading', { name: 'Sign in again' })).toBeVisible();
    await signInPage(page).as('ada', ACCOUNTS.ada.password);
    await expect(menuOf(page, 'ada')).toBeVisible();
    await expect(board.root).toHaveAttribute('data-link', 'live');
    await board.openPerson('1111');
    await expect(board.message).not.toHaveValue(/eyes of rita/);
    expect(await page.content()).not.toContain('eyes of rita');
  } finally {
    await gateway.cli(['account', 'enable', 'rita']);
  }
});

test('[AD2] signs out from the menu, here only', async ({ page, gateway, browser }) => {
  const context = await browser.newContext();
  const elsewhere = await openLiveBoard(await context.newPage(), gateway, { as: 'alice' });
  await signedIn(page, 'alice', gateway.url);
  await menuOf(page, 'alice').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto(gateway.url);
  await expect(signInPage(page).button).toBeVisible();
  await expect(page.locator('[data-extension]')).toHaveCount(0);
  await expect(elsewhere.root).toHaveAttribute('data-link', 'live');
  await context.close();
});

test('[AD2] signs out everywhere: every browser of the account is asked to sign in', async ({
  page,
  gateway,
  browser,
}) => {
  const context = await browser.newContext();
  const elsewhere = await openLiveBoard(await context.newPage(), gateway, { as: 'alice' });

  await signedIn(page, 'alice', gateway.url, 'account');
  await expect(page.getByText('Active sessions')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(signInPage(page).button).toBeVisible();
  await expect(signInPage(elsewhere.page).button).toBeVisible();
  await expect(elsewhere.page.locator('[data-extension]').first()).toBeHidden();
  await context.close();
});

test('[SS1] single sign-on: to the provider, back, and in, with the role that the provider tells', async ({
  page,
  asterisk,
}) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startProvider({ callbackUrls: [`${url}/sso/callback`] });
  const gateway = await startGateway({ amiPort: asterisk.amiPort, port, env: provider.gatewaySettings(url) });
  const signInThere = async (login: string) => {
    await page.getByRole('link', { name: 'Company account' }).click();
    await page.locator('input[name="login"]').fill(login);
    await page.locator('input[name="password"]').fill('any');
    await page.locator('button[type="submit"]').click();
  };
  try {
    await page.goto(`${gateway.url}?open=1104%40default`);
    await signInThere('grace');
    await expect(menuOf(page, 'grace')).toBeVisible();
    await expect(boardPage(page).root).toHaveAttribute('data-link', 'live', { timeout: 15_000 });
    expect(page.url()).toMatch(new RegExp(`^${url}/`));
    expect(page.url()).not.toContain('code=');
    await page.goto(`${gateway.url}account`);
    await expect(page.getByText(/Receptionist · 1112/)).toBeVisible();

    await page.context().clearCookies();
    await page.goto(gateway.url);
    await signInThere('eve');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in\?failure=no-role/);
  } finally {
    await gateway.stop();
    await provider.stop();
  }
});
