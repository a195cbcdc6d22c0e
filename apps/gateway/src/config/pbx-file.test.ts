import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../platform/testing/test-folder.ts';
import { readConfig } from './config.ts';
import { warnIfPbxFileChanged } from './pbx-file.ts';
import { warnAboutExposedSecrets } from './secrets.ts';

const BERLIN = `
  - id: berlin
    name: Berlin
    ami:
      host: 192.0.2.1
      username: lampboard
      secret: hush
`;
const PARIS = BERLIN.replaceAll('berlin', 'paris').replace('Berlin', 'Paris');
const TWO = `pbxs:${BERLIN}${PARIS}`;

/** A folder with this configuration file, and files beside it. */
function site(yaml: string | Buffer, files: Readonly<Record<string, string>> = {}) {
  const folder = testFolder();
  const path = join(folder, 'lampboard.yaml');
  writeFileSync(path, yaml);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, path, read: (env: NodeJS.ProcessEnv = {}) => readConfig(env, path) };
}

function configOf({ read }: ReturnType<typeof site>, env: NodeJS.ProcessEnv = {}) {
  const result = read(env);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function messageOf({ read }: ReturnType<typeof site>, env: NodeJS.ProcessEnv = {}): string {
  const result = read(env);
  return result.ok ? 'ok' : result.message;
}

it('[PB1] reads any number of PBXs, each with all that belongs to it', () => {
  const yaml = `pbxs:
  - { id: berlin, name: Berlin, ami: { host: '[fd00::5]', username: a, secret_file: berlin.secret } }
  - id: paris-2
    name: Büro Paris
    colour: teal
    contexts: [ext-local, 0123]
    ami:
      host: paris.example
      port: 5039
      username: b
      secret: 0123
      tls: true
      tls_ca: ca.pem
      tls_server_name: pbx.lan
      list_kb_per_second: 1.5
`;
  const pem = '-----BEGIN CERTIFICATE-----\n…';
  const { pbxs } = configOf(site(yaml, { 'berlin.secret': 'hush\n', 'ca.pem': pem }));
  expect(pbxs).toEqual([
    {
      id: 'berlin',
      formerId: null,
      name: 'Berlin',
      colour: 'violet',
      endpoint: { host: 'fd00::5', port: 5038, username: 'a', secret: 'hush' },
      calls: null,
      contexts: null,
      listBytesPerSecond: 5000,
    },
    {
      id: 'paris-2',
      formerId: null,
      name: 'Büro Paris',
      colour: 'teal',
      endpoint: {
        host: 'paris.example',
        port: 5039,
        username: 'b',
        secret: '0123',
        tls: { ca: pem, serverName: 'pbx.lan' },
      },
      calls: null,
      contexts: ['ext-local', '0123'],
      listBytesPerSecond: 1500,
    },
  ]);
});

it('[PB1] a missing file leaves the environment as it is, unless LAMPBOARD_CONFIG_FILE names it', () => {
  const path = join(testFolder(), 'lampboard.yaml');
  expect(readConfig({}, path)).toMatchObject({ ok: true, value: { pbxs: [] } });
  expect(readConfig({ LAMPBOARD_CONFIG_FILE: path })).toEqual({
    ok: false,
    message: `${path}, the file with the PBXs, does not exist.`,
  });
  const { path: other } = site(TWO);
  expect(readConfig({ LAMPBOARD_CONFIG_FILE: other }, path)).toMatchObject({
    value: { pbxs: [{ id: 'berlin' }, { id: 'paris' }] },
  });
});

it.each(['LAMPBOARD_AMI_HOST', 'LAMPBOARD_AMI_PORT', 'LAMPBOARD_CONTEXTS'])(
  '[PB1] %s beside the file stops the start',
  (name) => {
    const two = site(TWO);
    expect(messageOf(two, { [name]: '5038' })).toBe(
      `${name} is set, but ${two.path} lists the PBXs, with all that belongs to them: keep one of the two.`,
    );
  },
);

it('[CL10] each PBX has the AMI user of its calls, or that of its board', () => {
  const berlin = BERLIN.replace(
    'secret: hush',
    'secret: hush\n      calls_username: calls\n      calls_secret_file: calls.secret',
  );
  const two = site(`pbxs:${berlin}${PARIS}`, { 'calls.secret': 'hush2\n' });
  const callsOf = (env: NodeJS.ProcessEnv) => configOf(two, env).pbxs.map(({ calls }) => calls);
  expect(callsOf({})).toEqual([null, null]);
  const endpoint = { host: '192.0.2.1', port: 5038 };
  expect(callsOf({ LAMPBOARD_CALLS: 'show' })).toEqual([
    { ...endpoint, username: 'calls', secret: 'hush2' },
    { ...endpoint, username: 'lampboard', secret: 'hush' },
  ]);
  const { secretFiles } = configOf(two);
  expect(secretFiles).toContainEqual(['calls_secret_file of berlin', join(two.folder, 'calls.secret')]);
  expect(messageOf(two, { LAMPBOARD_CALLS_AMI_USERNAME: 'calls' })).toMatch(
    /^LAMPBOARD_CALLS_AMI_USERNAME is set, but .* keep one of the two\.$/,
  );
});

it('[CL10] a secret of calls without its user, or the other way round, stops the start with its line', () => {
  const withSetting = (line: string) => site(`pbxs:${BERLIN.trimEnd()}\n      ${line}\n`);
  const alone = withSetting('calls_secret: hush2');
  expect(messageOf(alone)).toBe(
    `${alone.path}, line 8: ami.calls_secret is set, but ami.calls_username is missing.`,
  );
  const without = withSetting('calls_username: calls');
  expect(messageOf(without)).toMatch(/ami\.calls_secret or ami\.calls_secret_file is missing\.$/);
});

it('[PB3] a PBX that is alone in the file has no prefix; original_pbx names the one that had none', () => {
  const idsOf = (yaml: string) =>
    configOf(site(yaml)).pbxs.map(({ id, formerId }) => [id, formerId] as const);
  expect(idsOf(`pbxs:${BERLIN}`)).toEqual([['', 'berlin']]);
  expect(idsOf(`original_pbx: paris\n${TWO}`)).toEqual([
    ['berlin', null],
    ['paris', ''],
  ]);
});

it('[PB1] gives each PBX a colour of its own while there are any', () => {
  const pbxs = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => BERLIN.replace('id: berlin', `id: ${id}`));
  const named = pbxs.map((pbx, index) => pbx.replace('name: Berlin', `name: B${index}`));
  const colours = configOf(
    site(`pbxs:${named.join('').replace('name: B3', 'name: B3\n    colour: violet')}`),
  ).pbxs.map(({ colour }) => colour);
  expect(new Set(colours).size).toBe(6);
  expect(colours[3]).toBe('violet');
});

it.each<[string, (yaml: string) => string, number, string]>([
  [
    'a misspelt key',
    (yaml) => yaml.replace('name:', 'nmae:'),
    3,
    'nmae is not a setting there; did you mean name?',
  ],
  [
    'one of ami',
    (yaml) => yaml.replace('host:', 'hots:'),
    5,
    'ami.hots is not a setting there; did you mean ami.host?',
  ],
  [
    'American spelling',
    (yaml) => yaml.replace('ami:', 'color: teal\n    ami:'),
    4,
    'color is not a setting there; did you mean colour?',
  ],
  [
    'a key at the wrong place',
    (yaml) => yaml.replace('ami:', 'port: 5038\n    ami:'),
    4,
    'port is not a setting there; did you mean ami.port?',
  ],
  [
    'a setting of the environment',
    (yaml) => `LAMPBOARD_PORT: 80\n${yaml}`,
    1,
    'LAMPBOARD_PORT is a setting of the environment and of .env, and not of this file.',
  ],
  [
    'a foreign key',
    (yaml) => `timezone: Europe/Berlin\n${yaml}`,
    1,
    'timezone is not a setting; this file holds pbxs,',
  ],
  ['no id', (yaml) => yaml.replace('id: berlin', 'colour: teal'), 2, 'id is missing.'],
  ['a wrong id', (yaml) => yaml.replace('id: berlin', 'id: Berlin'), 2, 'id is not made of'],
  ['an empty name', (yaml) => yaml.replace('name: Berlin', 'name:'), 3, 'name is empty.'],
  ['no AMI', (yaml) => yaml.replace(/ami:\n.*\n.*\n.*\n/u, ''), 2, 'ami is missing.'],
  ['no host', (yaml) => yaml.replace('host: 192.0.2.1', 'port: 5038'), 4, 'ami.host is missing.'],
  [
    'a wrong port',
    (yaml) => yaml.replace('host:', 'port: 70000\n      host:'),
    5,
    'ami.port is above 65535.',
  ],
  [
    'an unknown colour',
    (yaml) => yaml.replace('ami:', 'colour: green\n    ami:'),
    4,
    'colour is none of violet, teal,',
  ],
  [
    'contexts that are no list',
    (yaml) => yaml.replace('ami:', 'contexts: default\n    ami:'),
    4,
    'contexts is not a list.',
  ],
  [
    'TLS that is no switch',
    (yaml) => yaml.replace('host:', 'tls: maybe\n      host:'),
    5,
    'ami.tls is neither true nor false.',
  ],
  [
    'a CA without TLS',
    (yaml) => yaml.replace('host:', 'tls_ca: ca.pem\n      host:'),
    5,
    'ami.tls_ca is set, but ami.tls is not true.',
  ],
  ['no secret', (yaml) => yaml.replace('secret: hush', ''), 4, 'ami.secret or ami.secret_file is missing.'],
  [
    'an unreadable secret',
    (yaml) => yaml.replace('secret: hush', 'secret_file: /nowhere/secret'),
    7,
    "ami.secret_file names /nowhere/secret, which can't be read.",
  ],
  ['an id twice', (yaml) => yaml.replace('id: paris', 'id: berlin'), 9, 'id is that of another PBX, too.'],
  [
    'a name twice',
    (yaml) => yaml.replace('name: Paris', 'name: Berlin'),
    10,
    'name is that of another PBX, too.',
  ],
  [
    'an unknown original',
    (yaml) => `original_pbx: rome\n${yaml}`,
    1,
    'original_pbx is the id of none of the PBXs: berlin, paris.',
  ],
  ['no list', () => 'pbxs: berlin\n', 1, 'pbxs is not a list.'],
  ['an empty list', () => 'pbxs: []\n', 1, 'pbxs lists no PBX.'],
  ['a text instead of a PBX', () => 'pbxs: [berlin]\n', 1, 'pbxs has an entry that is no group of settings.'],
  ['a tab', (yaml) => yaml.replace('    name', '\tname'), 3, 'is indented by a tab; use blanks.'],
  [
    'a key twice',
    (yaml) => yaml.replace('name: Berlin', 'name: Berlin\n    name: Bonn'),
    4,
    'sets a setting a second time',
  ],
  [
    'a secret with a sign of YAML',
    (yaml) => yaml.replace('secret: hush', 'secret: @hush'),
    7,
    'put values with special characters into quotes',
  ],
  [
    'a secret that is an alias',
    (yaml) => yaml.replace('secret: hush', 'secret: *hush'),
    7,
    'begins with *, & or !; put it into quotes.',
  ],
  [
    'a secret that is an anchor',
    (yaml) => yaml.replace('secret: hush', 'secret: &hush'),
    7,
    'begins with *, & or !',
  ],
  [
    'a secret that is a tag',
    (yaml) => yaml.replace('secret: hush', 'secret: !hush x'),
    7,
    'begins with *, & or !',
  ],
  ['a second document', (yaml) => `${yaml}---\npbxs: []\n`, 15, 'begins a second document'],
])('[PB2] %s stops the start with file, line and setting, and without the secret', (_, change, line, why) => {
  const broken = site(change(TWO));
  const message = messageOf(broken);
  expect(message).toContain(`${broken.path}, line ${line}`);
  expect(message).toContain(why);
  expect(message).not.toMatch(/hush|\n/u);
});

it('[PB2] a file that cannot be read as text stops the start with one line', () => {
  expect(messageOf(site(Buffer.from(`\uFEFF${TWO}`, 'utf16le')))).toMatch(/lampboard\.yaml is not UTF-8/u);
  expect(messageOf(site(''))).toMatch(/lampboard\.yaml is empty/u);
  expect(messageOf(site('just a text'))).toMatch(
    /the file is not a group of settings that begins with pbxs:/u,
  );
  const path = join(testFolder(), 'lampboard.yaml');
  mkdirSync(path);
  expect(readConfig({}, path)).toEqual({
    ok: false,
    message: `${path}, the file with the PBXs, is a folder.`,
  });
});

it('[PB1] accepts a byte order mark and line ends of Windows', () => {
  expect(messageOf(site(`\uFEFF${TWO.replaceAll('\n', '\r\n')}`))).toBe('ok');
});

it('[ST8] warns about a configuration file and its secret files that every user can read', () => {
  const two = site(TWO.replace('secret: hush', 'secret_file: secret'), { secret: 'hush' });
  chmodSync(two.path, 0o644);
  chmodSync(join(two.folder, 'secret'), 0o644);
  const warned: unknown[] = [];
  const { secretFiles } = configOf(two);
  const log = { warn: (line: unknown) => void warned.push(line) };
  warnAboutExposedSecrets({ env: {}, dotEnv: '.env', secretFiles, log });
  expect(warned).toEqual([
    { setting: 'secret_file of berlin', file: join(two.folder, 'secret') },
    { setting: 'lampboard.yaml', file: two.path },
  ]);
});

it('[AU1] the settings of each PBX are compared at the next start by one fingerprint', () => {
  expect([...configOf(site(TWO)).settings.keys()].filter((name) => name.startsWith('pbxs'))).toEqual([
    'pbxs.berlin',
    'pbxs.paris',
  ]);
});

it('[PB10] says on reload that a changed file needs a restart, or would stop it', () => {
  const two = site(TWO);
  const { pbxFile } = configOf(two);
  const lines: unknown[] = [];
  const reload = () =>
    warnIfPbxFileChanged({ file: pbxFile, log: { warn: (...line: unknown[]) => void lines.push(line) } });
  reload();
  expect(lines).toEqual([]);
  writeFileSync(two.path, `pbxs:${BERLIN}`);
  reload();
  writeFileSync(two.path, 'pbxs: []');
  reload();
  expect(lines).toEqual([
    [{ file: two.path }, 'the file with the PBXs has changed; restart to apply it'],
    [
      { reason: `${two.path}, line 1: pbxs lists no PBX.` },
      'the file with the PBXs would stop the next start',
    ],
  ]);
});
