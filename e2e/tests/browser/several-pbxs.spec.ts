import { lampFromStatus } from '@lampboard/model';
import { type RealAsterisk, startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { CHROMIUM_ONLY, expect, openLiveBoard, test } from '../../testkit/browser/fixtures.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { withResources } from '../../testkit/processes/resources.ts';

const NOTICED_MS = 2000;
const PROVIDER = 'CustomPresence:1102';

/** Lamps of all hints, by the ids that a board of several PBXs has. */
async function lampsOf(asterisk: RealAsterisk, pbxId: string): Promise<Record<string, string>> {
  const states = await asterisk.listExtensionStates();
  return Object.fromEntries(
    [...states].map(([id, { status }]) => [`${pbxId}/${id}`, lampFromStatus(status)]),
  );
}

test(
  '[PB12] [PB13] [PB14] [PB15] [PB16] [PB18] Asterisk 16 killed beside Asterisk 22 on one board: named with its since, the other live, right and editable',
  { tag: CHROMIUM_ONLY },
  async ({ page }) => {
    test.setTimeout(180_000);
    await withResources(async (track) => {
      const [berlin, paris] = await Promise.all([
        track(startAsterisk({ release: '22' })),
        track(startAsterisk({ release: '16' })),
      ]);
      for (const pbx of [berlin, paris]) {
        await pbx.setLamp('Custom:lamp2001', 'NOT_INUSE');
        await pbx.setPresence('CustomPresence:2001', { state: 'available', subtype: '', message: '' });
      }
      const gateway = await track(startGateway({ pbxs: { berlin, paris } }));
      const board = await openLiveBoard(page, gateway);
      const badge = page.locator('.connection-badge');
      const banner = page.locator('.connection-outages > li');
      const summary = page.locator('.board-header-counts');
      await expect(badge).toHaveText(/Live/);
      await expect(board.tile('berlin/1102')).toHaveAccessibleName(/^1102 .*\(Berlin\)/);
      await expect(board.tile('paris/1102')).toHaveAccessibleName(/^1102 .*\(Paris\)/);
      await paris.setLamp('Custom:lamp600', 'RINGING');
      await expect(board.tile('paris/600')).toHaveAttribute('data-lamp', 'ringing');
      const filters = page.getByRole('region', { name: 'Filters' });
      await filters.getByRole('button', { name: 'Presence' }).click();
      const available = filters.getByRole('button', { name: /^Available/ }).locator('.sidebar-count');
      await expect(available).toHaveText('2');

      await paris.kill();
      await expect(badge).toHaveText(/Paris: .+ since \d/, { timeout: NOTICED_MS });
      await expect(banner).toHaveText(/^.*Paris: .+as of \d/);
      await expect(board.root).toHaveAttribute('data-link', 'down');
      await expect(page).toHaveTitle('Paris not live · Lampboard');
      await expect(board.tile('paris/600')).toHaveAttribute('data-lamp', 'unknown');
      await expect(board.tile('paris/600')).toHaveAccessibleName(/last known: Ringing/);
      await expect(summary).toHaveText(/ · without Paris$/);
      await expect(available).toHaveText('1');

      await berlin.setLamp('Custom:lamp600', 'INUSE');
      await expect(async () => {
        const tiles = page.locator('[data-extension^="berlin/"]');
        const shown = await tiles.evaluateAll((all) =>
          all.map((tile) => [
            tile.getAttribute('data-extension') ?? '',
            tile.getAttribute('data-lamp') ?? '',
          ]),
        );
        expect(shown.length).toBeGreaterThan(0);
        expect(await lampsOf(berlin, 'berlin')).toMatchObject(Object.fromEntries(shown));
      }).toPass({ timeout: NOTICED_MS, intervals: [25] });
      await board.openPerson('berlin/1102');
      await board.presence('Chat').click();
      await board.message.fill('edited meanwhile');
      await board.message.press('Control+Enter');
      await expect(board.tile('berlin/1102')).toHaveAccessibleName(/edited meanwhile/);
      expect(await berlin.readPresence(PROVIDER)).toMatchObject({ message: 'edited meanwhile' });

      await board.openPerson('paris/1102');
      await board.presence('Away').click();
      await board.message.fill('kept');
      await board.save.click();
      await expect(board.alert).toHaveText(/Paris is not live/);
      await expect(board.message).toHaveValue('kept');

      await page.getByRole('link', { name: /^Berlin/ }).click();
      await expect(page).toHaveURL(/[?&]pbx=berlin/);
      await expect(board.root).toHaveAttribute('data-link', 'live');
      await page.goBack();

      await paris.start();
      await expect(badge).toHaveText(/Live/, { timeout: 15_000 });
      await expect(board.root).toHaveAttribute('data-link', 'live');
      await expect(banner).toHaveCount(0);
      await expect(available).toHaveText('2');
      await board.save.click();
      await expect(board.tile('paris/1102')).toHaveAttribute('data-presence', 'away');
      expect(await paris.readPresence(PROVIDER)).toMatchObject({ state: 'away', message: 'kept' });
    });
  },
);
