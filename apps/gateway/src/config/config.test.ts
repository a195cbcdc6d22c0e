import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONLY_PBX } from '@lampboard/protocol';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { readDotEnv } from './load-config.ts';
import { checkDemoServing, checkPublicServing } from './serving.ts';

const AMI = { LAMPBOARD_AMI_HOST: 'pbx', LAMPBOARD_AMI_USERNAME: 'lampboard', LAMPBOARD_AMI_SECRET: 'hush' };
const BEHIND_PROXY = {
  LAMPBOARD_PUBLIC_URL: 'https://lampboard.example.org',
  LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1',
};
const OIDC = {
  ...BEHIND_PROXY,
  LAMPBOARD_OIDC_ISSUER: 'https://id.example.org',
  LAMPBOARD_OIDC_CLIENT_ID: 'lampboard',
  LAMPBOARD_OIDC_CLIENT_SECRET: 'hush',
  LAMPBOARD_OIDC_ROLE_MAPPING: 'reception=receptionist,*=user',
};

const PEM = '-----BEGIN CERTIFICATE-----\n…';

const folder = mkdtempSync(join(tmpdir(), 'lampboard-config-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, `file-${(files += 1)}`);
  writeFileSync(path, text);
  return path;
}

function configOf(env: NodeJS.ProcessEnv) {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function messageOf(env: NodeJS.ProcessEnv): string {
  const result = readConfig(env);
  return result.ok ? 'ok' : result.message;
}

it('[GW4] without any setting serves the demo PBX on this machine only', () => {
  expect(configOf({})).toEqual({
    http: {
      host: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      basePath: '/',
      tls: null,
      trustedProxies: [],
      isDemoPublic: false,
    },
    pbxs: [],
    calls: 'show',
    pbxFile: null,
    secretFiles: [],
    redis: null,
    directoryFile: null,
    dataDir: './data',
    session: { idleMs: 12 * 3_600_000, maxMs: 30 * 86_400_000 },
    passwordLogin: true,
    oidc: null,
    hideOthersMessages: false,
    othersCalls: 'nothing',
    presenceFollowsDnd: false,
    auditRetentionMs: 90 * 86_400_000,
    historyRetentionMs: 7 * 86_400_000,
    callHistoryRetentionMs: 0,
    metricsToken: null,
    settings: expect.any(Map),
  });
});

it('[GW4] reads Asterisk, contexts and directory from the environment', () => {
  const env = { ...AMI, LAMPBOARD_PORT: '9000', LAMPBOARD_CONTEXTS: 'default, sales,' };
  expect(configOf({ ...env, LAMPBOARD_DIRECTORY_FILE: 'people.csv' })).toMatchObject({
    http: { port: 9000 },
    pbxs: [
      {
        id: ONLY_PBX,
        endpoint: { host: 'pbx', port: 5038, username: 'lampboard', secret: 'hush' },
        contexts: ['default', 'sales'],
        listBytesPerSecond: 5000,
      },
    ],
    directoryFile: 'people.csv',
  });
});

it.each([
  [{ LAMPBOARD_CALLS: 'show' }, 'nothing'],
  [{ LAMPBOARD_CALLS: 'control', LAMPBOARD_OTHERS_CALLS: 'name-only' }, 'name-only'],
  [{}, 'full'],
  [{ LAMPBOARD_OTHERS_CALLS: 'nothing' }, 'full'],
  [{ LAMPBOARD_REDIS_URL: 'redis://127.0.0.1' }, 'nothing'],
])('[CV2] calls of others are hidden wherever there may be any: with %j, users see %s', (env, expected) => {
  expect(configOf({ ...AMI, ...env }).othersCalls).toBe(expected);
});

it('[CL10] calls are off beside an Asterisk, and shown with the AMI user that is set for them, or the board’s', () => {
  const read = (env: NodeJS.ProcessEnv) => {
    const { calls: mode, pbxs } = configOf({ ...AMI, ...env });
    return { mode, user: pbxs[0]?.calls?.username, secret: pbxs[0]?.calls?.secret };
  };
  expect(read({})).toEqual({ mode: 'off' });
  expect(read({ LAMPBOARD_CALLS: 'show' })).toEqual({ mode: 'show', user: 'lampboard', secret: 'hush' });
  const callsUser = {
    LAMPBOARD_CALLS_AMI_USERNAME: 'calls',
    LAMPBOARD_CALLS_AMI_SECRET_FILE: file('hush2\n'),
  };
  expect(read({ LAMPBOARD_CALLS: 'control', ...callsUser })).toEqual({
    mode: 'control',
    user: 'calls',
    secret: 'hush2',
  });
  expect(read(callsUser)).toEqual({ mode: 'off' });
  expect(configOf({ LAMPBOARD_CALLS: 'off' }).calls).toBe('off');
});

it.each([
  [{ LAMPBOARD_CALLS: 'on' }, 'LAMPBOARD_CALLS is none of off, show, control.'],
  [
    { LAMPBOARD_CALLS_AMI_SECRET: 'hush2' },
    'LAMPBOARD_CALLS_AMI_SECRET is set, but LAMPBOARD_CALLS_AMI_USERNAME is missing.',
  ],
  [
    { LAMPBOARD_CALLS_AMI_USERNAME: 'calls' },
    'LAMPBOARD_CALLS_AMI_SECRET or LAMPBOARD_CALLS_AMI_SECRET_FILE is missing.',
  ],
])('[CL10] rejects %j', (env, message) => {
  expect(messageOf({ ...AMI, ...env })).toBe(message);
});

it('[GW4] reads secrets from files', () => {
  const { LAMPBOARD_AMI_SECRET: _, ...ami } = AMI;
  const { LAMPBOARD_OIDC_CLIENT_SECRET: __, ...oidc } = OIDC;
  const env = {
    ...ami,
    ...oidc,
    LAMPBOARD_AMI_SECRET_FILE: file('from the file\n'),
    LAMPBOARD_OIDC_CLIENT_SECRET_FILE: file('from another\n'),
    LAMPBOARD_METRICS_TOKEN_FILE: file('0123456789abcdef\n'),
  };
  expect(configOf(env)).toMatchObject({
    pbxs: [{ endpoint: { secret: 'from the file' } }],
    oidc: { clientSecret: 'from another' },
    metricsToken: '0123456789abcdef',
  });
});

it('[AM11] reads authority and server name for AMI over TLS', () => {
  const tls = {
    LAMPBOARD_AMI_TLS: 'true',
    LAMPBOARD_AMI_TLS_CA: file(PEM),
    LAMPBOARD_AMI_TLS_SERVER_NAME: 'pbx.lan',
  };
  const tlsOf = (env: NodeJS.ProcessEnv) => configOf(env).pbxs[0]?.endpoint.tls;
  expect(tlsOf({ ...AMI, ...tls })).toEqual({ ca: PEM, serverName: 'pbx.lan' });
  expect(tlsOf({ ...AMI, LAMPBOARD_AMI_TLS: 'true' })).toEqual({ ca: null, serverName: null });
  expect(tlsOf(AMI)).toBeUndefined();
});

it('[SS2] splits role mappings at the last equals sign', () => {
  const mapping = 'reception=receptionist,cn=admins=admin,*=user';
  const { oidc } = configOf({ ...OIDC, LAMPBOARD_OIDC_ROLE_MAPPING: mapping });
  expect([...(oidc?.roles ?? [])]).toEqual([
    ['reception', 'receptionist'],
    ['cn=admins', 'admin'],
    ['*', 'user'],
  ]);
});

it.each([
  ['https://pbx.example.org', '/'],
  ['https://pbx.example.org/lampboard', '/lampboard/'],
  ['https://pbx.example.org/lampboard/', '/lampboard/'],
  ['https://pbx.example.org:8443/phones/./Lamp-board_1.0~/', '/phones/Lamp-board_1.0~/'],
])('[SP1] reads the path of %s', (url, basePath) => {
  const { http } = configOf({ ...BEHIND_PROXY, LAMPBOARD_PUBLIC_URL: url });
  expect(http.basePath).toBe(basePath);
  expect(http.publicUrl?.href).toBe(`${new URL(url).origin}${basePath}`);
});

it.each(['?a=1', '#a', '/a;b/', '/a b/', '/a%2fb/', '//', '/a//b/', '/ä/', '/"/', '/a/?b'])(
  '[SP1] stops at the public URL with %j',
  (rest) => {
    for (const origin of ['https://pbx.example.org', 'https://rita:secret@pbx.example.org'])
      expect(messageOf({ ...BEHIND_PROXY, LAMPBOARD_PUBLIC_URL: origin + rest })).toMatch(
        /^LAMPBOARD_PUBLIC_URL is not an address such as .*lampboard\/\.$/,
      );
  },
);

it('[GW4] treats an empty setting as unset', () => {
  const empty = { LAMPBOARD_PORT: '', LAMPBOARD_AMI_PORT: ' ', LAMPBOARD_HOST: '', LAMPBOARD_AMI_TLS: '' };
  expect(configOf(empty)).toEqual(configOf({}));
});

it.each([
  [{ LAMPBOARD_PORT: 'eighty' }, 'LAMPBOARD_PORT'],
  [{ LAMPBOARD_PORT: '70000' }, 'LAMPBOARD_PORT'],
  [{ LAMPBOARD_PUBLIC_URL: 'lampboard' }, 'LAMPBOARD_PUBLIC_URL'],
  [{ LAMPBOARD_TLS_CERT: 'cert.pem' }, 'LAMPBOARD_TLS_KEY'],
  [{ LAMPBOARD_TRUSTED_PROXIES: '10.0.0.1, proxy' }, 'LAMPBOARD_TRUSTED_PROXIES holds proxy'],
  [{ LAMPBOARD_SESSION_IDLE_HOURS: '0' }, 'LAMPBOARD_SESSION_IDLE_HOURS'],
  [{ LAMPBOARD_HIDE_OTHERS_MESSAGES: 'yes' }, 'LAMPBOARD_HIDE_OTHERS_MESSAGES'],
  [{ LAMPBOARD_OTHERS_CALLS: 'names' }, 'LAMPBOARD_OTHERS_CALLS is neither full, name-only nor nothing'],
  [{ LAMPBOARD_HISTORY_RETENTION_DAYS: '-1' }, 'LAMPBOARD_HISTORY_RETENTION_DAYS'],
  [{ LAMPBOARD_CALL_HISTORY_RETENTION_DAYS: '-1' }, 'LAMPBOARD_CALL_HISTORY_RETENTION_DAYS'],
  [{ LAMPBOARD_METRICS_TOKEN: 'hush' }, 'LAMPBOARD_METRICS_TOKEN has less than 16'],
  [{ LAMPBOARD_PASSWORD_LOGIN: 'false' }, 'nobody could sign in'],
  [{ ...AMI, LAMPBOARD_AMI_HOST: '' }, 'LAMPBOARD_AMI_HOST is missing'],
  [{ ...AMI, LAMPBOARD_AMI_USERNAME: '' }, 'LAMPBOARD_AMI_USERNAME'],
  [{ ...AMI, LAMPBOARD_AMI_SECRET: '' }, 'LAMPBOARD_AMI_SECRET'],
  [{ ...AMI, LAMPBOARD_AMI_SECRET_FILE: '/nowhere/secret' }, 'LAMPBOARD_AMI_SECRET_FILE'],
  [{ ...AMI, LAMPBOARD_AMI_PORT: '0' }, 'LAMPBOARD_AMI_PORT'],
  [{ ...AMI, LAMPBOARD_AMI_TLS: 'true', LAMPBOARD_AMI_TLS_CA: file('empty') }, 'LAMPBOARD_AMI_TLS_CA'],
  [{ ...AMI, LAMPBOARD_AMI_TLS_CA: 'ca.pem' }, 'LAMPBOARD_AMI_TLS is not true'],
  [{ ...AMI, LAMPBOARD_AMI_TLS: 'true', LAMPBOARD_AMI_TLS_CA: '/nowhere/ca' }, 'LAMPBOARD_AMI_TLS_CA'],
  [{ LAMPBOARD_PUBLIC_URL: 'https://lampboard.example.org' }, 'LAMPBOARD_TRUSTED_PROXIES is missing'],
  [{ ...OIDC, LAMPBOARD_OIDC_ISSUER: 'http://id.example.org' }, 'LAMPBOARD_OIDC_ISSUER'],
  [{ ...OIDC, LAMPBOARD_OIDC_CLIENT_ID: '' }, 'LAMPBOARD_OIDC_CLIENT_ID'],
  [{ ...OIDC, LAMPBOARD_PUBLIC_URL: '' }, 'LAMPBOARD_PUBLIC_URL'],
  [{ ...OIDC, LAMPBOARD_OIDC_ROLE_MAPPING: '' }, 'LAMPBOARD_OIDC_ROLE_MAPPING'],
  [{ ...OIDC, LAMPBOARD_OIDC_ROLE_MAPPING: 'reception=boss' }, 'LAMPBOARD_OIDC_ROLE_MAPPING'],
])('[GW4] stops at %j with one line that names the setting and no secret', (env, name) => {
  const message = messageOf(env);
  expect(message).toContain(name);
  expect(message).not.toContain('\n');
  expect(message).not.toContain('hush');
});

it.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', '::ffff:127.0.0.1', '127.1', 'localhost', 'LocalHost'])(
  '[CF8] allows %s without further settings',
  (LAMPBOARD_HOST) => {
    expect(checkPublicServing(configOf({ LAMPBOARD_HOST }), false)).toBeNull();
  },
);

it.each([
  [{}, false, ['LAMPBOARD_PUBLIC_URL', 'LAMPBOARD_TLS_CERT', 'LAMPBOARD_TRUSTED_PROXIES', 'account add']],
  [{ LAMPBOARD_PUBLIC_URL: 'http://pbx.lan' }, true, ['LAMPBOARD_PUBLIC_URL', 'TLS']],
  [{ LAMPBOARD_PUBLIC_URL: 'https://pbx.lan' }, true, ['TLS']],
  [{ LAMPBOARD_TRUSTED_PROXIES: '10.0.0.1' }, true, ['LAMPBOARD_PUBLIC_URL']],
  [
    { LAMPBOARD_PUBLIC_URL: 'https://pbx.lan', LAMPBOARD_TRUSTED_PROXIES: '10.0.0.1' },
    false,
    ['account add'],
  ],
])(
  '[GW4] on a public address, lists all that is missing with %j and accounts: %s',
  (env, accounts, names) => {
    for (const LAMPBOARD_HOST of ['0.0.0.0', '::', '192.168.1.4', 'pbx.lan']) {
      const missing = checkPublicServing(configOf({ ...AMI, ...env, LAMPBOARD_HOST }), accounts);
      for (const name of names) expect(missing).toContain(name);
      expect(missing).toContain(`LAMPBOARD_HOST is ${LAMPBOARD_HOST}`);
    }
  },
);

it.each([
  { LAMPBOARD_TRUSTED_PROXIES: '10.0.0.0/8' },
  { LAMPBOARD_TLS_CERT: 'cert.pem', LAMPBOARD_TLS_KEY: 'key.pem' },
])('[GW4] allows a public address with %j, an https address and an account', (env) => {
  const all = { ...AMI, LAMPBOARD_HOST: '0.0.0.0', LAMPBOARD_PUBLIC_URL: 'https://pbx.lan', ...env };
  expect(checkPublicServing(configOf(all), true)).toBeNull();
});

it.each([
  [{ LAMPBOARD_HOST: '0.0.0.0' }, 'LAMPBOARD_HOST is 0.0.0.0'],
  [{ LAMPBOARD_HOST: '[::]' }, 'LAMPBOARD_HOST is ::,'],
  [{ ...BEHIND_PROXY }, 'LAMPBOARD_PUBLIC_URL is https://lampboard.example.org'],
])(
  '[CF5] [SV6] never serves the demo PBX to others with %j, unless LAMPBOARD_DEMO_PUBLIC is set',
  (env, name) => {
    expect(checkDemoServing(configOf(env))).toContain(name);
    expect(checkPublicServing(configOf(env), true)).toContain('LAMPBOARD_AMI_HOST');
    expect(checkDemoServing(configOf({ ...env, ...AMI }))).toBeNull();
    const isPublic = configOf({ ...env, LAMPBOARD_DEMO_PUBLIC: 'true' });
    expect([checkDemoServing(isPublic), checkPublicServing(isPublic, true)]).toEqual([null, null]);
  },
);

it('[SV6] never lets others see the demo PBX beside an Asterisk', () => {
  expect(messageOf({ ...AMI, LAMPBOARD_DEMO_PUBLIC: 'true' })).toContain('LAMPBOARD_DEMO_PUBLIC');
});

it('[CF5] serves the demo PBX under any loopback name', () => {
  for (const LAMPBOARD_PUBLIC_URL of ['http://localhost:8080', 'https://127.0.0.1:8443', 'http://[::1]:8080'])
    expect(checkPublicServing(configOf({ LAMPBOARD_PUBLIC_URL }), true)).toBeNull();
});

it('[CF8] accepts IPv6 addresses in brackets', () => {
  const { http, pbxs } = configOf({ ...AMI, LAMPBOARD_AMI_HOST: '[fd00::5]', LAMPBOARD_HOST: '[::1]' });
  expect([http.host, pbxs[0]?.endpoint.host]).toEqual(['::1', 'fd00::5']);
});

it.each([
  [{ LAMPBOARD_HIDE_OTHERS_MESSAGE: 'true' }, 'LAMPBOARD_HIDE_OTHERS_MESSAGES'],
  [{ LAMPBOARD_CONTEXT: 'default' }, 'LAMPBOARD_CONTEXTS'],
  [{ LAMPBOARD_AMI_HSOT: 'hush' }, 'LAMPBOARD_AMI_HOST'],
  [{ lampboard_hide_others_messages: 'true' }, 'LAMPBOARD_HIDE_OTHERS_MESSAGES'],
  [{ LAMBPOARD_PUBLIC_URL: 'hush' }, 'LAMPBOARD_PUBLIC_URL'],
  [{ 'LAMPBOARD-TLS-KEY': 'hush', LAMPBOARD_TLS_CERTS: 'hush' }, 'LAMPBOARD_TLS_CERT'],
])('[CF2] %j stops the start and names the nearest setting', (env, nearest) => {
  const message = messageOf(env);
  for (const name of Object.keys(env)) expect(message).toContain(`${name} is not a setting`);
  expect(message).toContain(`did you mean ${nearest}?`);
  expect(message).not.toContain('hush');
});

it.each([
  ['LAMPBOARD_DATA', 'LAMPBOARD_DATA_DIR'],
  ['LAMPBOARD_DIRECTORY', 'LAMPBOARD_DIRECTORY_FILE'],
  ['LAMPBOARD_EDITS_DAYS', 'LAMPBOARD_AUDIT_RETENTION_DAYS'],
  ['LAMPBOARD_HIDE_MESSAGES', 'LAMPBOARD_HIDE_OTHERS_MESSAGES'],
  ['LAMPBOARD_HISTORY_DAYS', 'LAMPBOARD_HISTORY_RETENTION_DAYS'],
  ['LAMPBOARD_OIDC_NAME', 'LAMPBOARD_OIDC_DISPLAY_NAME'],
  ['LAMPBOARD_OIDC_ROLES', 'LAMPBOARD_OIDC_ROLE_MAPPING'],
  ['LAMPBOARD_PASSWORD_SIGN_IN', 'LAMPBOARD_PASSWORD_LOGIN'],
])('[CF2] the former name %s stops the start and names the present one, in .env too', (name, presentName) => {
  const error = { ok: false, message: `${name} is now called ${presentName}.` };
  expect(readConfig({ [name]: 'hush' })).toEqual(error);
  const dotEnv = readDotEnv(file(`${name}=hush\n`));
  expect(dotEnv.ok && readConfig(dotEnv.value)).toEqual(error);
});

it('[CF2] ignores variables of other programs, empty ones and those of tests', () => {
  const others = {
    PATH: '/bin',
    BOARD_PORT: '1',
    LAMPBOARD_NOTHING: ' ',
    LAMPBOARD_TEST_ASTERISK_22: '/opt',
  };
  expect(messageOf(others)).toBe('ok');
});

it.each([
  [{ LAMPBOARD_AMI_PORT: '5039' }, 'LAMPBOARD_AMI_HOST'],
  [{ LAMPBOARD_AMI_TLS: 'true' }, 'LAMPBOARD_AMI_HOST'],
  [{ LAMPBOARD_AMI_SECRET_FILE: '/run/secret' }, 'LAMPBOARD_AMI_HOST'],
  [{ LAMPBOARD_OIDC_CLIENT_SECRET: 'hush' }, 'LAMPBOARD_OIDC_ISSUER'],
  [{ LAMPBOARD_OIDC_ROLE_MAPPING: '*=user' }, 'LAMPBOARD_OIDC_ISSUER'],
  [{ LAMPBOARD_OIDC_DISPLAY_NAME: 'Our id' }, 'LAMPBOARD_OIDC_ISSUER'],
])('[CF4] %j alone stops the start', (env, missing) => {
  expect(messageOf(env)).toMatch(`is set, but ${missing} is missing beside it.`);
});

it('[CF4] rejects a value of two lines', () => {
  const message = messageOf({ LAMPBOARD_OIDC_DISPLAY_NAME: 'Ours\nLAMPBOARD_HIDE_OTHERS_MESSAGES=true' });
  expect(message).toBe('LAMPBOARD_OIDC_DISPLAY_NAME holds a line break.');
});

it('[CF6] reads the address of the Redis from a file, and never prints it', () => {
  const url = 'redis://:hush@redis.example:6379/1';
  const LAMPBOARD_REDIS_URL_FILE = file(`\uFEFF${url}\n`);
  expect(configOf({ LAMPBOARD_REDIS_URL_FILE }).redis?.href).toBe(url);
  const message = messageOf({ LAMPBOARD_REDIS_URL_FILE: file('http://:hush@redis.example') });
  expect(message).toContain('LAMPBOARD_REDIS_URL');
  expect(message).not.toContain('hush');
});

it('[CF6] rejects a secret file that is not UTF-8', () => {
  const path = file('');
  writeFileSync(path, Buffer.from('\uFEFFhush', 'utf16le'));
  const { LAMPBOARD_AMI_SECRET: _, ...ami } = AMI;
  for (const secret of ['AMI_SECRET', 'METRICS_TOKEN', 'REDIS_URL']) {
    const name = `LAMPBOARD_${secret}_FILE`;
    const complete = secret === 'AMI_SECRET' ? ami : AMI;
    expect(messageOf({ ...complete, [name]: path })).toBe(`${name} names ${path}, which is not UTF-8.`);
  }
});

it('[GW4] reads the address of the Redis, and prints no password of an invalid one', () => {
  const url = 'rediss://:hush@redis.example:6380/2';
  expect(configOf({ LAMPBOARD_REDIS_URL: url }).redis?.href).toBe(url);
  for (const wrong of [
    'http://:hush@redis.example',
    'redis://:hush@redis.example/db',
    ':hush@redis.example',
  ]) {
    const message = messageOf({ LAMPBOARD_REDIS_URL: wrong });
    expect(message).toMatch(/^LAMPBOARD_REDIS_URL is not/);
    expect(message).not.toContain('hush');
  }
});
