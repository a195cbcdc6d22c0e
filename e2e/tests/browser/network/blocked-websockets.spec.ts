import { openBoardClient } from '../../../testkit/clients/board-client.ts';
import { type Blocking, startBlockingProxy } from '../../../testkit/network/websocket-blocking-proxy.ts';
import { demoTest as test, boardPage, expect, signInBrowser } from '../../../testkit/browser/fixtures.ts';

const BLOCKING_MODES: readonly Blocking[] = ['stripped', 'refused', 'swallowed', 'silent', 'ended'];
const LIVE_MS = 10_000;

for (const mode of BLOCKING_MODES) {
  test(`[LK12] WebSockets ${mode} by a proxy: the board is live and takes edits`, async ({
    page,
    context,
    demoGateway,
  }) => {
    const proxy = await startBlockingProxy(demoGateway.url, mode);
    const direct = await openBoardClient(demoGateway);
    try {
      await signInBrowser(context, proxy);
      await page.goto(proxy.url);
      const board = boardPage(page);
      await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: LIVE_MS });

      await direct.forceSetPresence('1112@default', { state: 'dnd', subtype: '', message: '' });
      await expect(board.tile('1112')).toHaveAttribute('data-presence', 'dnd');
      await board.openPerson('1112');
      await board.presence('Away').click();
      await board.message.fill(`round the ${mode}`);
      await board.save.click();
      await expect(board.tile('1112')).toHaveAttribute('data-presence', 'away');
      await direct.waitUntil(
        'the edit',
        () => direct.presence('1112@default').message === `round the ${mode}`,
      );
      await expect(board.root).toHaveAttribute('data-link', 'live');
    } finally {
      direct.stop();
      proxy.stop();
    }
  });
}
