import { replySchema } from '@lampboard/protocol';
import { describe, expect, it } from 'vitest';
import { openUpgrade } from '../../testkit/clients/raw-websocket.ts';
import { cookieOf, httpRequest, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { PROXY_HOST } from '../../testkit/proxies/documented-lines.ts';
import { missingProxy, OTHER_PAGE, PROXY_NAMES, startProxy } from '../../testkit/proxies/start-proxy.ts';
import { startForTest, startTestGateway } from '../../testkit/site/test-site.ts';

const PATHS = ['/lampboard/', '/'];

for (const name of PROXY_NAMES) {
  const missing = await missingProxy(name);
  const isSkipped = missing !== null && process.env['CI'] !== 'true';
  if (isSkipped) process.stderr.write(`\n!!! SKIPPED: behind ${name}: there is no ${missing}\n\n`);

  describe.skipIf(isSkipped)(`behind ${name}`, () => {
    it.each(PATHS)('[SP5] at %s the page, sessions with their address, and WebSockets', async (path) => {
      const [port, plainPort] = [await freePort(), await freePort()];
      const origin = `https://${PROXY_HOST}:${port}`;
      const env = { LAMPBOARD_PUBLIC_URL: origin + path, LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1' };
      const gateway = await startTestGateway({ amiPort: await freePort(), env });
      const gateways = { [path]: Number(new URL(gateway.url).port) };
      await startForTest(startProxy(name, { port, plainPort, gateways }));
      const url = `https://127.0.0.1:${port}${path}`;
      const site = { host: `${PROXY_HOST}:${port}`, origin };

      const page = await httpRequest(`${url}wall`, { headers: site });
      expect([page.status, page.text.includes(`content="${path}"`)]).toEqual([200, true]);
      const [, script = ''] = /src="([^"]+\.js)"/.exec(page.text) ?? [];
      expect(script.startsWith(`${path}assets/`)).toBe(true);
      expect((await httpRequest(new URL(script, url), { headers: site })).status).toBe(200);

      const { password } = ACCOUNTS.rita;
      const signedIn = await httpRequest(`${url}api/sign-in`, {
        body: { account: 'rita', password },
        headers: { ...site, 'x-forwarded-for': '203.0.113.9' },
        localAddress: '127.0.0.2',
      });
      expect(signedIn.status, signedIn.text).toBe(200);
      const headers = { ...site, cookie: cookieOf(signedIn) };
      const list = `${url}api/commands/list-sessions`;
      const { json } = await httpRequest(list, { body: { account: 'rita' }, headers });
      const sessions = unwrapReply(replySchema('list-sessions').parse(json));
      expect(sessions.map(({ address }) => address)).toEqual(['127.0.0.2']);

      const opened = await openUpgrade(url, headers);
      expect(opened).not.toBeNull();
      opened?.socket.destroy();
      expect(await openUpgrade(url, site)).toBeNull();

      if (!name.includes('Apache')) return;
      const plain = await httpRequest(`http://127.0.0.1:${plainPort}${path}me?a=1`);
      expect(plain.headers.location).toBe(`https://${PROXY_HOST}${path}me?a=1`);
      if (path === '/') return;
      const other = await httpRequest(`https://127.0.0.1:${port}/${OTHER_PAGE}`, { headers: site });
      expect(other.text).toBe('another page');
    });
  });
}
