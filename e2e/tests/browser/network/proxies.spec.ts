import type { Page, TestInfo } from '@playwright/test';
import { boardPage, CHROMIUM_ONLY, expect, test } from '../../../testkit/browser/fixtures.ts';
import { type RunningGateway, startGateway } from '../../../testkit/gateway/start-gateway.ts';
import { ACCOUNTS, type TestAccountName } from '../../../testkit/gateway/test-accounts.ts';
import { freePort } from '../../../testkit/processes/free-port.ts';
import { withResources } from '../../../testkit/processes/resources.ts';
import { PROXY_HOST } from '../../../testkit/proxies/documented-lines.ts';
import {
  missingProxy,
  PROXY_NAMES,
  type ProxyName,
  startProxy,
} from '../../../testkit/proxies/start-proxy.ts';

const RECONNECT_MS = 10_000;

test.use({ ignoreHTTPSErrors: true });

/** A missing proxy fails if CI=true; otherwise the test is skipped with a message. */
async function skipWithout(name: ProxyName, testInfo: TestInfo): Promise<void> {
  const missing = await missingProxy(name);
  if (missing === null || process.env['CI'] === 'true') return;
  process.stderr.write(`\n!!! SKIPPED: ${testInfo.title}: there is no ${missing}\n\n`);
  testInfo.skip(true, `there is no ${missing}`);
}

/** Starts a gateway for a public URL behind a proxy on this machine. */
const startBehindProxy = (amiPort: number, url: string) =>
  startGateway({ amiPort, env: { LAMPBOARD_PUBLIC_URL: url, LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1' } });

const portOf = ({ url }: Pick<RunningGateway, 'url'>) => Number(new URL(url).port);

/** Records the addresses of all requests and WebSockets. */
function recordRequests(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', (request) => void urls.push(request.url()));
  page.on('websocket', (socket) => void urls.push(socket.url()));
  return urls;
}

async function signIn(page: Page, account: TestAccountName): Promise<void> {
  await page.getByRole('textbox', { name: 'Account' }).fill(account);
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNTS[account].password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const expectLive = (page: Page, timeout = 15_000) =>
  expect(boardPage(page).root).toHaveAttribute('data-link', 'live', { timeout });

for (const name of PROXY_NAMES) {
  test(
    `[SP1] [SP5] below a path of ${name} the board is live, edits and signs out, and requests nothing else`,
    { tag: CHROMIUM_ONLY },
    async ({ page, asterisk }, testInfo) => {
      await skipWithout(name, testInfo);
      const port = await freePort();
      const url = `https://${PROXY_HOST}:${port}/lampboard/`;
      await withResources(async (track) => {
        const gateway = await track(startBehindProxy(asterisk.amiPort, url));
        const gateways = { '/lampboard/': portOf(gateway) };
        await track(startProxy(name, { port, plainPort: await freePort(), gateways }));
        const board = boardPage(page);
        const message = `behind ${name}`;
        const urls = recordRequests(page);

        await page.goto(url);
        await signIn(page, 'ada');
        await expectLive(page);
        expect(page.url()).toBe(url);
        const [cookie] = await page.context().cookies();
        expect(cookie?.name).toMatch(/^__Secure-lampboard-/);
        expect(cookie).toMatchObject({ path: '/lampboard/', secure: true, httpOnly: true });
        await board.openPerson('1104');
        await board.presence('Away').click();
        await board.message.fill(message);
        await board.save.click();
        await expect(board.tile('1104')).toHaveAttribute('data-presence', 'away');
        await page.reload();
        await expectLive(page);
        await expect(board.message).toHaveValue(message);
        const sockets = urls.filter((address) => address.includes('/socket.io/'));
        expect(sockets.map((address) => new URL(address).protocol)).toEqual(['wss:', 'wss:']);

        await gateway.kill();
        await expect(board.root).toHaveAttribute('data-link', 'down');
        await gateway.start();
        await expectLive(page, RECONNECT_MS);

        for (const [path, heading] of [
          ['me', 'My status'],
          ['admin/audit', 'Audit log'],
        ] as const) {
          await page.goto(url + path);
          await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
        }
        const download = page.waitForEvent('download');
        await page.getByRole('link', { name: 'Save as CSV' }).click();
        expect((await download).url()).toBe(`${url}api/audit.csv`);
        await page.getByRole('button', { name: 'Account menu: ada' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await expect(page).toHaveURL(`${url}sign-in`);
        const site = /^(?:https|wss):\/\/pbx\.example\.org:\d+\/lampboard\//;
        expect(urls.filter((address) => !site.test(address))).toEqual([]);
      });
    },
  );
}

test(
  '[SP2] [SP3] [SP5] two Lampboards beside the pages of one Apache do not sign each other out',
  { tag: CHROMIUM_ONLY },
  async ({ page: berlin, context, asterisk }, testInfo) => {
    await skipWithout('Apache', testInfo);
    const [port, plainPort] = [await freePort(), await freePort()];
    const origin = `https://${PROXY_HOST}:${port}`;
    await withResources(async (track) => {
      const start = (path: string) => track(startBehindProxy(asterisk.amiPort, `${origin}/${path}`));
      const gateways = { '/berlin/': portOf(await start('berlin')), '/bonn/': portOf(await start('bonn')) };
      await track(startProxy('Apache', { port, plainPort, gateways }));
      const bonn = await context.newPage();
      await berlin.goto(`${origin}/berlin`);
      await signIn(berlin, 'rita');
      await expectLive(berlin);
      await bonn.goto(`${origin}/bonn/me`);
      await signIn(bonn, 'alice');
      await expect(bonn.getByRole('heading', { name: 'My status' })).toBeVisible();
      expect([berlin.url(), bonn.url()]).toEqual([`${origin}/berlin/`, `${origin}/bonn/me`]);

      await bonn.getByRole('button', { name: 'Account menu: alice' }).click();
      await bonn.getByRole('menuitem', { name: 'Sign out' }).click();
      await expect(bonn).toHaveURL(`${origin}/bonn/sign-in`);
      await berlin.reload();
      await expectLive(berlin);
      await expect(berlin.getByRole('button', { name: 'Account menu: rita' })).toBeVisible();
    });
  },
);
