import { networkInterfaces } from 'node:os';
import { expect } from '@playwright/test';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { demoTest, type BoardPage, openLiveBoard } from '../../testkit/browser/fixtures.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { SMALLEST_VIEWPORTS, expectTwoVisibleTiles } from '../../testkit/browser/first-view.ts';

const test = demoTest.extend<{ demo: BoardPage }>({
  demo: async ({ page, demoGateway }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await use(await openLiveBoard(page, demoGateway));
    expect(complaints).toEqual([]);
  },
});

test('[DM1] [BD40] an office of 48 in six departments, whose lamps move, and which says that it is a demonstration', async ({
  demo,
}) => {
  await expect(demo.page.getByText('Demo PBX')).toBeVisible();
  await expect(demo.page.getByText(/^Everyone/).first()).toBeVisible();
  await expect(demo.tile('1104')).toHaveAccessibleName(/^1104 Alice Chen/);
  for (const view of ['Table', 'Regular']) {
    await demo.page.getByRole('radio', { name: view }).check({ force: true });
    await expect(demo.page.locator('[data-extension]'), view).toHaveCount(48);
  }
  const lamps = () =>
    demo.page
      .locator('[data-extension]')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-lamp')).join());
  const before = await lamps();
  await expect.poll(lamps, { timeout: 20_000 }).not.toBe(before);
});

test('[DM4] [DM5] beside its people it has the functions of a FreePBX, and no code', async ({
  demo: { page },
}) => {
  const groups = page.getByRole('navigation', { name: 'Groups' });
  for (const name of ['Everyone 48', 'Queues 2', 'Parking 4', 'Conferences 2', 'Switches 3', 'Mailboxes 1'])
    await expect(groups.getByRole('link', { name, exact: true })).toBeVisible();
  await groups.getByRole('link', { name: /^Switches/u }).click();
  await expect(page.getByRole('gridcell', { name: /^\*280 Night service, Switch, (On|Off)/u })).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Search' });
  await groups.getByRole('link', { name: /^Everyone/u }).click();
  await field.fill('*801130');
  await expect(page.locator('[data-extension]')).toHaveCount(1);
  await expect(page.getByRole('gridcell', { name: /^1130 Giulia Conti/u })).toBeVisible();
  await field.fill('*761130');
  await expect(page.locator('[data-extension]')).toHaveCount(0);
});

test('[TH12] where the window is lowest two tiles are seen beside the demo’s badge, and what is searched for is read', async ({
  demo: { page },
}) => {
  for (const size of SMALLEST_VIEWPORTS) {
    await page.setViewportSize(size);
    const what = `${size.width} pixels`;
    await expectTwoVisibleTiles(page, what);
    const field = page.getByRole('textbox').first();
    await field.fill('Lindqvist');
    await expect.poll(async () => (await field.boundingBox())?.width, what).toBeGreaterThan(180);
    await expect(page.locator('[data-highlighted]')).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-highlighted]')).toBeFocused();
    await expect.poll(async () => (await field.boundingBox())?.width, what).toBeGreaterThan(60);
    await expect(page.locator('.account-button'), what).toBeInViewport({ ratio: 1 });
    await field.fill('');
    await page.keyboard.press('Escape');
  }
});

test('[SR6] find a person by three letters, open, set away and close, by keyboard alone', async ({
  demo,
  demoGateway,
}) => {
  const { page } = demo;
  const other = await openBoardClient(demoGateway);
  await other.forceSetPresence('1105@default', { state: 'available', subtype: '', message: '' });
  other.stop();
  await page.keyboard.press('/');
  await page.keyboard.type('zie');
  await expect(page.locator('[data-extension]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(demo.message).toBeVisible();
  await page.keyboard.press('3');
  await expect(demo.presence('Away')).toBeChecked();
  await demo.message.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('out till two');
  await page.keyboard.press('Control+Enter');
  await expect(demo.tile('1105')).toHaveAttribute('data-presence', 'away');
  await expect(demo.tile('1105')).toContainText('out till two');
  await page.keyboard.press('Escape');
  await expect(demo.message).toBeHidden();
});

const address = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

demoTest('[SV6] a demo that is public is used by any address, without TLS', async ({ page }) => {
  demoTest.skip(address === undefined, 'this machine has no address that others can reach');
  const gateway = await startGateway({
    env: { LAMPBOARD_HOST: '0.0.0.0', LAMPBOARD_DEMO_PUBLIC: 'true' },
  });
  const url = new URL(gateway.url);
  url.hostname = address ?? '';
  await page.goto(url.href);
  await page.getByRole('button', { name: /Rita Moreno/ }).click();
  await expect(page.locator('[data-extension]').first()).toBeVisible();
  expect(await page.evaluate('isSecureContext')).toBe(false);
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Night shift');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('link', { name: /Night shift/ })).toBeVisible();
  expect(await gateway.output()).toContain('!!! The embedded demo PBX is shown to everyone');
  await gateway.stop();
});
