import { expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import {
  parseMetrics,
  readMetrics,
  httpRequest,
  postCommand,
  signIn,
  trySignIn,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const TOKEN = 'a token as long as it has to be';
const gateway = startForSuite(() => startGateway({ env: { LAMPBOARD_METRICS_TOKEN: TOKEN } }));

it('[MT1] tells how it is: link, events, fan-out, consoles, commands, sign-ins, requests and process', async () => {
  const client = await openBoardClient(gateway());
  await client.waitUntilLive();
  await client.forceSetPresence('1112@default', { state: 'away', subtype: '', message: 'a private matter' });
  await trySignIn(gateway(), 'rita', 'not her password');
  await client.command('list-accounts', {});
  await waitUntil('the presence to be told', async () =>
    (await readMetrics(gateway())).get('lampboard_ami_events_total{event="PresenceStateChange"}'),
  );
  const metrics = await readMetrics(gateway());
  const value = (name: string) => metrics.get(name) ?? Number.NaN;

  expect(value('lampboard_link_state{state="live"}')).toBe(1);
  expect(value('lampboard_link_state{state="unresponsive"}')).toBe(0);
  expect(Date.now() / 1000 - value('lampboard_link_state_changed_timestamp_seconds')).toBeLessThan(60);
  expect(value('lampboard_ami_states_total{state="live"}')).toBe(1);
  expect(value('lampboard_list_duration_seconds_count{result="ok"}')).toBeGreaterThan(0);
  expect(value('lampboard_extensions')).toBe(61);
  expect(value('lampboard_clients')).toBe(1);
  expect(value('lampboard_board_changes_total')).toBeGreaterThan(0);
  expect(value('lampboard_update_latency_seconds_count')).toBeGreaterThan(0);
  expect(value('lampboard_update_latency_seconds_bucket{le="0.1"}')).toBeGreaterThan(0);
  expect(value('lampboard_commands_total{command="set-presence",result="ok"}')).toBe(1);
  expect(value('lampboard_commands_total{command="list-accounts",result="forbidden"}')).toBe(1);
  expect(value('lampboard_sign_ins_total{method="password",result="ok"}')).toBe(1);
  expect(value('lampboard_sign_ins_total{method="password",result="wrong-credentials"}')).toBe(1);
  expect(value('lampboard_http_requests_total{route="/api/sign-in",status="401"}')).toBe(1);
  expect(value('lampboard_database_size_bytes')).toBeGreaterThan(10_000);
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
  client.stop();
  await waitUntil(
    'the console to be counted as gone',
    async () => (await readMetrics(gateway())).get('lampboard_clients') === 0,
  );
});

it('[SV4] the log of the start, /healthz and the metrics name the version of package.json', async () => {
  const { version } = manifest;
  const log = await gateway().output();
  expect(log.split('\n').filter((line) => line.includes('"event":"start"'))).toEqual([
    expect.stringContaining(`"version":"${version}"`),
  ]);
  expect((await httpRequest(`${gateway().url}healthz`)).json).toMatchObject({ version });
  expect((await readMetrics(gateway())).get(`lampboard_build_info{version="${version}"}`)).toBe(1);
});

it('[MT1] has nothing in it that somebody typed, and nobody’s name', async () => {
  const cookie = await signIn(gateway(), 'ada');
  const typed = 'typed-by-somebody';
  await trySignIn(gateway(), typed, typed);
  for (const path of [`api/commands/${typed}`, typed, `assets/${typed}.js`, `me?${typed}`])
    await httpRequest(`${gateway().url}${path}`, {
      headers: { cookie },
      body: path.startsWith('api') ? {} : undefined,
    });
  const { text, headers } = await httpRequest(`${gateway().url}metrics`);
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  // Values may contain any digits.
  const seriesNames = text.replaceAll(/ \S+$/gmu, '');
  for (const secret of [typed, TOKEN, 'ada', 'Rita', '1112', 'private'])
    expect(seriesNames).not.toContain(secret);
  expect(parseMetrics(text).get('lampboard_commands_total{command="unknown",result="invalid"}')).toBe(1);
  expect(text).toContain('lampboard_http_requests_total{route="page",status="404"}');
});

it('[MT2] this machine itself reads them, whoever bears the token does, and no proxy for anybody else', async () => {
  const status = async (headers: Record<string, string>) =>
    (await httpRequest(`${gateway().url}metrics`, { headers })).status;
  const proxied = { 'x-forwarded-for': '127.0.0.1' };
  expect(await status({})).toBe(200);
  expect(await status(proxied)).toBe(403);
  expect(await status({ ...proxied, cookie: await signIn(gateway(), 'ada') })).toBe(403);
  expect(await status({ ...proxied, authorization: `Bearer ${TOKEN}` })).toBe(200);
});

it('[MT4] administrators read its health as a command', async () => {
  const cookie = await signIn(gateway(), 'ada');
  const { pbxs } = unwrapReply(await postCommand(gateway(), cookie, 'get-health', {}));
  expect(pbxs[0]?.link).toContainEqual({ reason: null, startedAt: expect.any(Number) });
});
