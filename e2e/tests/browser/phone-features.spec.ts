import { startPhone } from '../../testkit/phones/start-phone.ts';
import { expect, test } from '../../testkit/browser/fixtures.ts';

const AVAILABLE = { state: 'available', subtype: '', message: '' } as const;

test('[PF5] [PF6] do not disturb on the phone has its sign everywhere, and one click agrees with it', async ({
  board,
  asterisk,
}) => {
  const { page } = board;
  const phone = await startPhone({ extension: '1107', sipPort: asterisk.sipPort });
  try {
    const tile = board.tile('1107');
    await asterisk.setPresence('CustomPresence:1107', AVAILABLE);
    await expect(tile).toHaveAttribute('data-reachable');

    await asterisk.setLamp('Custom:DND1107', 'BUSY');
    await expect(tile).toContainText('Phone on do not disturb');
    await expect(tile.getByTitle('Phone on do not disturb', { exact: true })).toBeVisible();
    await expect(tile).toHaveAttribute('data-lamp', 'idle');
    await expect(tile).toHaveAttribute('data-presence', 'available');
    await expect(tile).not.toHaveAttribute('data-reachable');

    await page.getByRole('radio', { name: 'Table' }).click({ force: true });
    await expect(page.locator('.table-row[data-extension="1107@default"]')).toBeVisible();
    await expect(tile.getByTitle('Phone on do not disturb')).toBeVisible();
    await page.getByRole('radio', { name: 'Regular' }).click({ force: true });

    await page.keyboard.press('Control+k');
    await page.keyboard.type('1107');
    const option = page.getByRole('option', { name: /1107/ }).first();
    await expect(option.getByTitle('Phone on do not disturb')).toBeVisible();
    await expect(page.getByRole('option', { name: /to Do not disturb, as on the phone/ })).toBeVisible();
    await page.keyboard.press('Escape');

    await board.openPerson('1107');
    await page.getByRole('button', { name: 'Set presence to Do not disturb' }).click();
    await expect(tile).toHaveAttribute('data-presence', 'dnd');
    expect(await asterisk.readPresence('CustomPresence:1107')).toEqual({ ...AVAILABLE, state: 'dnd' });
    await expect(page.getByRole('button', { name: 'Set presence to Do not disturb' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(tile).toHaveAttribute('data-presence', 'available');
    expect(await asterisk.readPresence('CustomPresence:1107')).toEqual(AVAILABLE);

    await asterisk.setLamp('Custom:DND1107', 'UNAVAILABLE');
    await expect(tile).toHaveAttribute('data-reachable');
    await expect(tile).not.toContainText('Phone on do not disturb');
  } finally {
    await phone.stop();
  }
});

test('[PF5] [SN6] a forwarded phone that is not registered is offline, with the sign of call forward', async ({
  board,
  asterisk,
}) => {
  const tile = board.tile('1109');
  await asterisk.setLamp('Custom:CF1109', 'BUSY');
  await expect(tile).toHaveAccessibleName(/^1109.*, Offline, Calls forwarded/);
  await expect(tile.getByTitle('Calls forwarded', { exact: true })).toBeVisible();
  await expect(tile).toHaveAttribute('data-lamp', 'unavailable');
});
