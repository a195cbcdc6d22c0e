import { openBoard } from '../gateway/open-board.ts';
import { type Blocking, startBlockingProxy } from '../processes/block-websockets.ts';
import { demoTest as test } from './demo-gateway.ts';
import { boardPage, expect, signInBrowser } from './fixtures.ts';

const WAYS: readonly Blocking[] = ['stripped', 'refused', 'swallowed', 'silent', 'ended'];
const LIVE_MS = 10_000;

for (const way of WAYS) {
  test(`[LK12] WebSockets ${way} by a proxy: the board is live and takes edits`, async ({
    page,
    context,
    demoGateway,
  }) => {
    const proxy = await startBlockingProxy(demoGateway.url, way);
    const direct = await openBoard(demoGateway);
    try {
      await signInBrowser(context, proxy);
      await page.goto(proxy.url);
      const board = boardPage(page);
      await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: LIVE_MS });

      await direct.settle('1112@default', { state: 'dnd', subtype: '', message: '' });
      await expect(board.tile('1112')).toHaveAttribute('data-presence', 'dnd');
      await board.openPerson('1112');
      await board.presence('Away').click();
      await board.message.fill(`round the ${way}`);
      await board.save.click();
      await expect(board.tile('1112')).toHaveAttribute('data-presence', 'away');
      await direct.until('the edit', () => direct.presence('1112@default').message === `round the ${way}`);
      await expect(board.root).toHaveAttribute('data-link', 'live');
    } finally {
      direct.close();
      proxy.stop();
    }
  });
}
