import { expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { openRawWebSocket, openUpgrade } from '../../testkit/clients/raw-websocket.ts';
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { openTestClient, startForSuite } from '../../testkit/site/test-site.ts';

const gateway = startForSuite(() => startGateway({}));

const POLLING = 'EIO=4&transport=polling';
const poll = (headers: Record<string, string>, query = POLLING, body?: string) => {
  const type = { 'content-type': 'text/plain;charset=UTF-8' };
  return httpRequest(`${gateway().url}socket.io/?${query}`, { body, headers: { ...type, ...headers } });
};

/** Starts polling; returns the query that identifies the connection. */
async function begin(cookie: string): Promise<string> {
  const { status, text } = await poll({ cookie });
  expect(status).toBe(200);
  return `${POLLING}&sid=${/"sid":"([^"]+)"/.exec(text)?.[1]}`;
}

const foreign = () => {
  const { host } = new URL(gateway().url);
  return [
    { cookie: '' },
    { cookie: 'lampboard=forged' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: `http://${host}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { host: 'evil.example' },
  ];
};

it('[GW17] polling is begun by the own page with a session only', async () => {
  const cookie = await signIn(gateway(), 'rita');
  await begin(cookie);
  for (const different of foreign())
    expect((await poll({ cookie, ...different })).status, JSON.stringify(different)).toBe(403);
  expect((await poll({ cookie }, `${POLLING}&j=0`)).status).toBe(400);
});

it('[GW17] every request that names a connection is checked as the first was', async () => {
  const cookie = await signIn(gateway(), 'rita');
  const query = await begin(cookie);
  for (const different of foreign()) {
    const headers = { cookie, ...different };
    expect((await poll(headers, query, '40')).status, JSON.stringify(different)).toBe(403);
    expect((await poll(headers, query)).status, JSON.stringify(different)).toBe(403);
  }
  const others = { cookie: await signIn(gateway(), 'ada') };
  const itsNext = { cookie: await signIn(gateway(), 'rita') };
  for (const headers of [others, itsNext]) {
    expect((await poll(headers, query, '40')).status).toBe(400);
    expect((await poll(headers, query)).status).toBe(400);
  }
  // The connection is unaffected.
  expect((await poll({ cookie }, query, '40')).status).toBe(200);
  expect((await poll({ cookie }, query)).text).toContain('["me",');
});

it('[GW17] nobody changes the transport of a connection, with or without its session', async () => {
  const cookie = await signIn(gateway(), 'rita');
  const polling = await begin(cookie);
  for (const query of [polling.replace('polling', 'websocket'), 'EIO=4&transport=websocket&sid=x']) {
    for (const its of [cookie, await signIn(gateway(), 'ada'), '']) {
      expect(await openUpgrade(gateway().url, { cookie: its }, query)).toBeNull();
      expect([400, 403]).toContain((await poll({ cookie: its }, query)).status);
    }
  }
  const client = await openTestClient(gateway());
  const sid = client.socket.io.engine.id;
  for (const query of [`EIO=4&transport=websocket&sid=${sid}`, `EIO=4&transport=polling&sid=${sid}`]) {
    expect(await openUpgrade(gateway().url, { cookie }, query)).toBeNull();
    expect((await poll({ cookie }, query)).status).toBe(400);
  }
  expect(client.socket.connected).toBe(true);
});

it('[LK12] a board works over long polling, and ends with its session', async () => {
  const cookie = await signIn(gateway(), 'rita');
  const client = await openTestClient(gateway(), { cookie, transports: ['polling'] });
  await client.waitUntilLive();
  const direct = await openTestClient(gateway());
  for (const message of ['by polling', 'again']) {
    await client.forceSetPresence('1112@default', { state: 'away', subtype: '', message });
    await direct.waitUntil('the edit', () => direct.presence('1112@default').message === message);
    await client.waitUntil('the edit', () => client.presence('1112@default').message === message);
  }
  await direct.forceSetPresence('1112@default', { state: 'chat', subtype: '', message: 'Zoë 📞'.repeat(20) });
  await client.waitUntil('the edit of another', () => client.presence('1112@default').state === 'chat');
  expect(client.presence('1112@default')).toEqual(direct.presence('1112@default'));
  expect(client.socket.io.engine.transport.name).toBe('polling');
  await httpRequest(`${gateway().url}api/sign-out`, { method: 'POST', headers: { cookie } });
  await waitUntil('the end of the board', () => !client.socket.connected, { ms: 2000 });
});

it('[GW16] an account has 100 connections at most', async () => {
  const cookie = await signIn(gateway(), 'alice');
  const open = [];
  for (let count = 0; count < 99; count += 1) open.push(await openRawWebSocket(gateway().url, { cookie }));
  await begin(cookie);
  expect(open).not.toContain(null);
  expect(await openRawWebSocket(gateway().url, { cookie })).toBeNull();
  expect((await poll({ cookie })).status).toBe(429);
  for (const socket of open) socket?.close();
});
