import type { Page } from '@playwright/test';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { expect, openLiveBoard, demoTest as test } from '../../testkit/browser/fixtures.ts';

const AWAY = { state: 'away', subtype: '', message: 'Back in five minutes' } as const;

const panelOf = async (page: Page) => {
  await expect(page.locator('.person-panel')).toBeVisible();
  return new URL(page.url()).searchParams.get('extension');
};

test('[BD42] a click counts although a change redraws what was pressed before the release', async ({
  page,
  demoGateway,
}) => {
  const other = await openBoardClient(demoGateway);
  await other.forceSetPresence('1104@default', AWAY);
  const { tile } = await openLiveBoard(page, demoGateway);
  const message = tile('1104').locator('.tile-message');
  await expect(message).toHaveText(AWAY.message);
  await message.hover();
  await page.mouse.down();
  await other.forceSetPresence('1104@default', { state: 'available', subtype: '', message: '' });
  await expect(message).toHaveCount(0);
  await page.mouse.up();
  expect(await panelOf(page)).toBe('1104@default');
});

test('[BD42] a press that is released on another tile opens nobody', async ({ page, demoGateway }) => {
  await openLiveBoard(page, demoGateway);
  const tiles = page.locator('.tile');
  await tiles.nth(2).hover();
  await page.mouse.down();
  await tiles.nth(4).hover();
  await page.mouse.up();
  await tiles.nth(5).focus();
  await expect(page.locator('.person-panel')).toHaveCount(0);
});

for (const { view, rows } of [
  { view: 'Regular', rows: '.tile' },
  { view: 'Table', rows: '.table-row' },
])
  test(`[BD42] a click opens the person who was pressed, who moves before the release (${view})`, async ({
    page,
    demoGateway,
  }) => {
    const admin = await openBoardClient(demoGateway, { as: 'ada' });
    const hide = (id: string, hidden: true | null) =>
      admin.command('save-directory-entry', { id, patch: { hidden } });
    await openLiveBoard(page, demoGateway);
    await page.getByRole('radio', { name: view }).check();
    const under = page.locator(rows).nth(2);
    await expect(under).toBeVisible();
    const ids = await page
      .locator(rows)
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-extension') ?? ''));
    const [first = '', , pressed = '', next = ''] = ids;
    await under.hover();
    await page.mouse.down();
    await hide(first, true);
    await expect(under).toHaveAttribute('data-extension', next);
    await page.mouse.up();
    expect(await panelOf(page)).toBe(pressed);
    await hide(first, null);
  });
