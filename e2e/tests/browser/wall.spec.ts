import type { Page } from '@playwright/test';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { expect, test, openLiveBoard } from '../../testkit/browser/fixtures.ts';

/** Maximum milliseconds until a loss shows. */
const NOTICED_MS = 2000;

/** Signs in with the lowest role. */
async function openWall(page: Page, gateway: RunningGateway, query = '') {
  const { root } = await openLiveBoard(page, gateway, { as: 'alice', path: `wall${query}` });
  return {
    root,
    tiles: page.locator('[data-extension]'),
    tile: (id: string) => page.locator(`[data-extension="${id}"]`),
  };
}

const idsOf = (page: Page) =>
  page
    .locator('[data-extension]')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-extension')).join());

test('[WL1] every account sees lamps follow Asterisk, and nothing can be operated', async ({
  page,
  gateway,
  asterisk,
}) => {
  const { tile, root } = await openWall(page, gateway, '?group=everyone');
  await asterisk.setLamp('Custom:lamp600', 'RINGING');
  await expect(tile('600@default')).toHaveAttribute('data-lamp', 'ringing');
  await expect(tile('600@default')).toHaveAccessibleName(/^600.*Ringing/);
  await expect(root.locator('a, button, input, select, textarea, [tabindex]')).toHaveCount(0);
  await page.keyboard.press('Tab');
  expect(await root.locator(':focus').count()).toBe(0);
});

test('[WL5] the gateway killed and started again: live once more without a touch', async ({
  page,
  gateway,
  asterisk,
}) => {
  const { root, tile } = await openWall(page, gateway, '?group=everyone');
  await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
  await gateway.kill();
  await expect(root).toHaveAttribute('data-link', 'down', { timeout: NOTICED_MS });
  await expect(page.getByText(/^Not live since/)).toBeVisible();
  await expect(tile('600@default')).toHaveAttribute('data-lamp', 'unknown');
  await asterisk.setLamp('Custom:lamp600', 'ONHOLD');

  await gateway.start();
  await expect(root).toHaveAttribute('data-link', 'live', { timeout: 10_000 });
  await expect(tile('600@default')).toHaveAttribute('data-lamp', 'on-hold');
  await expect(page.getByText(/^Not live since/)).toBeHidden();
  expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
});

test('[WL2] pages are turned by time, whole, and come round again', async ({ page, gateway, asterisk }) => {
  await page.setViewportSize({ width: 480, height: 360 });
  await openWall(page, gateway, '?group=everyone&seconds=5');
  await expect(page.getByText(/^Page 1 of/)).toBeVisible();
  const first = await idsOf(page);
  await asterisk.setLamp('Custom:lamp600', 'INUSE');
  await asterisk.setLamp('Custom:lamp600', 'NOT_INUSE');
  expect(await idsOf(page)).toBe(first);
  await expect(page.getByText(/^Page 2 of/)).toBeVisible({ timeout: 10_000 });
  const second = await idsOf(page);
  expect(second.split(',').filter((id) => first.includes(id))).toEqual([]);
});

test('[WL4] arrows turn the pages, Space pauses and goes on', async ({ page, gateway }) => {
  await page.setViewportSize({ width: 480, height: 360 });
  await openWall(page, gateway, '?group=everyone&seconds=600');
  const first = await idsOf(page);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Page 2 of/)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => idsOf(page)).toBe(first);
  await page.keyboard.press('Space');
  await expect(page.getByText(/^Paused · page 1 of/)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByText(/^Page 1 of/)).toBeVisible();
});
