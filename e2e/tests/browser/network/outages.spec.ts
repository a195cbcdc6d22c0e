import { lampFromStatus } from '@lampboard/model';
import type { RealAsterisk } from '../../../testkit/asterisk/start-asterisk.ts';
import { SERIAL, type BoardPage, expect, test } from '../../../testkit/browser/fixtures.ts';

/** Maximum milliseconds until a loss shows, and until the board is live after Asterisk has booted. */
const NOTICED_MS = 2000;
/** Maximum propagation delay of a change. */
const TRUE_WITHIN_MS = 2000;
const typed = 'typed while the link was down\nsecond line';

async function readLamps(board: BoardPage): Promise<Record<string, string>> {
  const tiles = board.page.locator('[data-extension]');
  return Object.fromEntries(
    await tiles.evaluateAll((all) =>
      all.map((tile) => [tile.getAttribute('data-extension') ?? '', tile.getAttribute('data-lamp') ?? '']),
    ),
  );
}

async function lampsOf(asterisk: RealAsterisk): Promise<Record<string, string>> {
  const states = await asterisk.listExtensionStates();
  return Object.fromEntries([...states].map(([id, { status }]) => [id, lampFromStatus(status)]));
}

test(
  '[LK1] Asterisk killed under an open board: greyed as last known, an edit refused and kept, live again by itself',
  { tag: SERIAL },
  async ({ board, asterisk }) => {
    await board.page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
    await asterisk.setLamp('Custom:lamp600', 'RINGING');
    await expect(board.tile('600')).toHaveAttribute('data-lamp', 'ringing');
    await board.openPerson('1107');
    await board.presence('Extended away').click();
    await board.message.fill(typed);

    await asterisk.kill();
    await expect(board.root).toHaveAttribute('data-link', 'down', { timeout: NOTICED_MS });
    await expect(board.tile('600')).toHaveAttribute('data-lamp', 'unknown');
    await expect(board.tile('600')).toHaveAccessibleName(/last known: Ringing/);
    await expect(board.page.getByText(/last known/i).first()).toBeVisible();

    await board.message.press('Control+Enter');
    await expect(board.alert).toContainText(/link|connect|Asterisk/i);
    await expect(board.message).toHaveValue(typed);

    await asterisk.start();
    await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: NOTICED_MS });
    await expect(async () => {
      const truth = await lampsOf(asterisk);
      expect(await readLamps(board)).toEqual(truth);
    }).toPass({ timeout: TRUE_WITHIN_MS, intervals: [25] });
    expect(await board.page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);

    expect(await asterisk.readPresence('CustomPresence:1107')).not.toMatchObject({ message: typed });
    await expect(board.message).toHaveValue(typed);
    await board.save.click();
    await expect(board.tile('1107')).toHaveAttribute('data-presence', 'xa');
    expect(await asterisk.readPresence('CustomPresence:1107')).toMatchObject({ state: 'xa', message: typed });
  },
);

test(
  '[LK1] the gateway killed and started again under an open board',
  { tag: SERIAL },
  async ({ board, asterisk, gateway }) => {
    await board.page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
    await board.openPerson('1111');
    await board.presence('Away').click();
    await board.message.fill(typed);

    await gateway.kill();
    await expect(board.root).toHaveAttribute('data-link', 'down', { timeout: NOTICED_MS });
    await board.message.press('Control+Enter');
    await expect(board.alert).toBeVisible();
    await asterisk.setLamp('Custom:lamp600', 'ONHOLD');

    await gateway.start();
    await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: 10_000 });
    await expect(board.tile('600')).toHaveAttribute('data-lamp', 'on-hold');
    await expect(board.message).toHaveValue(typed);
    expect(await asterisk.readPresence('CustomPresence:1111')).not.toMatchObject({ message: typed });
    expect(await board.page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
  },
);
