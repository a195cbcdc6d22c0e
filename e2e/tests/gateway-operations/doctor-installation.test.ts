import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { startBalancer } from '../../testkit/cluster/start-balancer.ts';
import { tlsSettings } from '../../testkit/gateway/certificate.ts';
import { doctorSettings, runDoctor } from '../../testkit/gateway/run-doctor.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { runCli, seedAccounts } from '../../testkit/gateway/test-accounts.ts';
import { startForSuite } from '../../testkit/pbx/each-candidate.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { startForTest } from '../../testkit/site/test-site.ts';
import { lockStore, mountSmallDisk, provideSmallDisk } from '../../testkit/store/store-faults.ts';

const pbx = startForSuite(startDemoPbxUnderTest);

const doctor = (settings: NodeJS.ProcessEnv = {}) =>
  runDoctor({ settings: { ...doctorSettings(pbx().amiPort), ...settings } });

const testFolder = async () => (await startForTest(makeTempFolder())).path;

it('[DO5] prints a line for each check, with its level and what to do', async () => {
  const cwd = await testFolder();
  const env = {
    ...process.env,
    ...doctorSettings(await freePort()),
    LAMPBOARD_PORT: String(await freePort()),
  };
  const { code, stdout, stderr } = await runCli({ args: ['doctor'], cwd, env });
  expect([code, stderr]).toEqual([1, '']);
  const [title, ...lines] = stdout.trimEnd().split('\n');
  expect(title).toMatch(/^Lampboard \d/);
  expect(lines.pop()).toMatch(/^1 problem, \d warnings?$/);
  for (const line of lines)
    expect(line).toMatch(/^(?:ok {7}|warning {2}|problem {2})[a-zA-Z ]{11} {2}\S.*\.$/);
  expect(lines.find((line) => line.startsWith('problem'))).toMatch(
    /^problem {2}asterisk {5}Asterisk unreachable: .*\. What to do: check `enabled = yes` and `bindaddr` in `manager\.conf`, and firewalls\.$/,
  );
});

it('[DO5] without an Asterisk it checks the demo, and says so', async () => {
  const { ok, lines, problems } = await runDoctor({ settings: {} });
  expect(problems).toEqual([]);
  expect(ok).toBe(true);
  expect(lines('settings')).toEqual([
    expect.stringContaining('ok they are valid'),
    expect.stringContaining('what is checked is the embedded demo PBX, not a real one'),
  ]);
  expect(lines('hints')[0]).toMatch(/person: \d+/);
});

it('[DO7] [PB19] goes over several PBXs, names each, and its settings as the file does', async () => {
  const file = join(await testFolder(), 'lampboard.yaml');
  const { username, secret } = pbx().users.lampboard;
  const ami = (port: number) =>
    `ami: { host: 127.0.0.1, port: ${port}, username: ${username}, secret: ${secret} }`;
  await writeFile(
    file,
    `pbxs:\n  - id: berlin\n    name: Berlin\n    ${ami(pbx().amiPort)}\n  - id: paris\n    name: Paris\n    ${ami(await freePort())}\n  - id: oslo\n    name: Oslo\n    contexts: [nowhere]\n    ${ami(pbx().amiPort)}\n`,
    { mode: 0o600 },
  );
  const { code, of, text, lines } = await runDoctor({ settings: { LAMPBOARD_CONFIG_FILE: file } });
  expect([code, text.includes(secret)]).toEqual([1, false]);
  expect(of('asterisk')).toMatchObject([
    { pbx: 'berlin', level: 'ok' },
    { pbx: 'paris', level: 'problem', text: expect.stringContaining('Asterisk unreachable') },
    { pbx: 'oslo', level: 'ok' },
  ]);
  expect(of('hints')).toMatchObject([
    { pbx: 'berlin', level: 'ok' },
    { pbx: 'oslo', level: 'problem', remedy: `\`core show hints\`; \`contexts\` (of this PBX in ${file})` },
  ]);
  expect(lines('settings')[0]).toContain(file);
});

it('[DO10] warns of a context without hints, and of one alone it is a problem', async () => {
  const { lines } = await doctor({ LAMPBOARD_CONTEXTS: 'default,nowhere' });
  expect(lines('hints')).toContainEqual('warning no hint is in nowhere, of which the hints are to be shown');
  const { problems } = await doctor({ LAMPBOARD_CONTEXTS: 'nowhere' });
  expect(problems).toMatchObject([
    {
      check: 'hints',
      text: 'Asterisk has no hints yet: there are none in the contexts shown',
      remedy: '`core show hints`; `LAMPBOARD_CONTEXTS`',
    },
  ]);
});

it('[DO5] stops at settings that can’t be used', async () => {
  const { code, findings } = await doctor({ LAMPBOARD_AMI_PORT: 'x' });
  expect([code, findings]).toMatchObject([
    1,
    [{ check: 'settings', level: 'problem', text: 'LAMPBOARD_AMI_PORT is not a number' }],
  ]);
});

it.each([['--wait'], ['--wait', '-1'], ['--wait', 'x'], ['--fix'], ['x']])(
  '[DO5] explains itself for %j %j',
  async (...args) => {
    const { code, stdout, stderr } = await runCli({
      args: ['doctor', ...args],
      cwd: await testFolder(),
      env: process.env,
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Usage: lampboard doctor');
  },
);

describe('the store', () => {
  const noDisk = 'missing' in provideSmallDisk() && process.env['CI'] !== 'true';

  async function dataFolder(): Promise<string> {
    const folder = await testFolder();
    await seedAccounts(folder, { demo: false });
    return folder;
  }
  const storeOf = async (LAMPBOARD_DATA_DIR: string) => doctor({ LAMPBOARD_DATA_DIR });

  it('[DO12] is whole, and nothing is made where there is none', async () => {
    const folder = await dataFolder();
    expect((await storeOf(folder)).lines('store')).toEqual([
      expect.stringMatching(/^ok .*lampboard\.db is whole and can be written: [\d.]+ MB, version \d+$/),
    ]);
    const none = join(await testFolder(), 'data');
    expect((await storeOf(none)).lines('store')).toEqual([
      `ok none yet: the first start creates it in ${none}`,
    ]);
    await expect(readFile(none)).rejects.toThrow('ENOENT');
  });

  it.each<[string, (folder: string) => Promise<void> | void, RegExp]>([
    [
      'locked',
      (folder) => onTestFinished(lockStore(folder)),
      /can’t be used: another program has locked it$/,
    ],
    ['damaged', damageStore, /damaged/],
    [
      'a newer Lampboard’s',
      (folder) => runSql(folder, 'PRAGMA user_version = 9999'),
      /created by a newer Lampboard/,
    ],
    [
      'another program’s',
      (folder) => writeFile(join(folder, 'lampboard.db'), 'garbage'.repeat(100)),
      /is not a Lampboard store/,
    ],
  ])('[DO12] that is %s is a problem', async (_, prepare, text) => {
    const folder = await dataFolder();
    await prepare(folder);
    const { code, problems } = await storeOf(folder);
    expect(code).toBe(1);
    expect(problems).toMatchObject([{ check: 'store', text: expect.stringMatching(text) }]);
  });

  it('[DO12] that can’t be created is a problem', async () => {
    const file = join(await testFolder(), 'file');
    await writeFile(file, '');
    expect((await storeOf(join(file, 'data'))).problems).toMatchObject([
      { check: 'store', text: `LAMPBOARD_DATA_DIR names ${join(file, 'data')}, which is not a folder` },
    ]);
  });

  it('[DO12] an older one is migrated by the next start, not by the doctor', async () => {
    const folder = await dataFolder();
    runSql(folder, 'PRAGMA user_version = 8');
    expect((await storeOf(folder)).lines('store')[0]).toMatch(
      /version 8; the next start migrates it to version \d+, and keeps a copy$/,
    );
    const db = new Database(join(folder, 'lampboard.db'));
    expect(db.pragma('user_version')).toMatchObject([{ user_version: 8 }]);
  });

  it.skipIf(noDisk)('[DO12] a disk that is full, or nearly, is reported', async () => {
    const { folder, fill } = await startForTest(mountSmallDisk({ kilobytes: 4096 }));
    expect((await storeOf(folder)).lines('disk')).toEqual([
      expect.stringMatching(/^warning only [\d.]+ MB are free for /),
    ]);
    fill();
    expect((await storeOf(folder)).lines('disk')).toEqual([
      expect.stringMatching(/^problem the disk is full: /),
    ]);
  });
});

function runSql(folder: string, sql: string): void {
  const db = new Database(join(folder, 'lampboard.db'));
  db.exec(sql);
  db.close();
}

async function damageStore(folder: string): Promise<void> {
  runSql(folder, 'PRAGMA journal_mode = DELETE');
  const file = join(folder, 'lampboard.db');
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0x5a, 4096));
}

it('[DO6] tells a port that another program has from one of Lampboard', async () => {
  const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { problems } = await doctor({ LAMPBOARD_PORT: String(port) });
  expect(problems).toMatchObject([
    {
      check: 'port',
      text: expect.stringContaining('is taken by another program'),
      remedy: expect.stringContaining('LAMPBOARD_PORT'),
    },
  ]);
  const absent = await doctor({
    LAMPBOARD_HOST: '192.0.2.1',
    LAMPBOARD_PUBLIC_URL: 'https://lampboard.invalid',
    LAMPBOARD_TRUSTED_PROXIES: '192.0.2.2',
  });
  expect(absent.lines('port')).toEqual([
    expect.stringMatching(/^problem 192\.0\.2\.1:\d+ can't be used \(EADDRNOTAVAIL\)$/),
  ]);
});

it('[DO11] warns before the certificate of Lampboard ends, and names one of another name or that has ended', async () => {
  const authority = createTestAuthority();
  const folder = await testFolder();
  const tls = tlsSettings(folder);
  const certificateLines = async (names: string[], expired: boolean) => {
    const { cert, key } = authority.issueCertificate({ names, expired });
    await writeFile(tls.LAMPBOARD_TLS_CERT, cert);
    await writeFile(tls.LAMPBOARD_TLS_KEY, key, { mode: 0o600 });
    return (await doctor({ ...tls, LAMPBOARD_PUBLIC_URL: 'https://lampboard.test' })).lines('certificate');
  };
  expect(await certificateLines(['DNS:lampboard.test'], false)).toEqual([
    expect.stringMatching(/^warning LAMPBOARD_TLS_CERT .* expires in 1 day, on /),
  ]);
  expect(await certificateLines(['DNS:other.test'], true)).toEqual([
    expect.stringMatching(/^problem LAMPBOARD_TLS_CERT .* expired on /),
    expect.stringMatching(/^problem .* is not for lampboard\.test, the name in LAMPBOARD_PUBLIC_URL$/),
  ]);
});

describe('behind a proxy', () => {
  const site = startForSuite(async () => {
    const { path: folder, stop: removeFolder } = await makeTempFolder();
    const port = await freePort();
    const authority = createTestAuthority();
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, authority.ca);
    const settings = {
      LAMPBOARD_PUBLIC_URL: `https://localhost:${port}`,
      LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1',
    };
    const gateway = await startGateway({ amiPort: pbx().amiPort, env: settings });
    return {
      port,
      gateway,
      settings: {
        ...settings,
        LAMPBOARD_PORT: new URL(gateway.url).port,
        LAMPBOARD_DATA_DIR: gateway.dataFolder,
        NODE_EXTRA_CA_CERTS: caFile,
      },
      async certificate(name: string) {
        const files = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
        const { cert, key } = authority.issueCertificate({ names: [`DNS:${name}`] });
        await writeFile(files.cert, cert);
        await writeFile(files.key, key);
        return files;
      },
      async stop() {
        await gateway.stop();
        await removeFolder();
      },
    };
  });

  interface ProxyOptions {
    without?: RegExp;
    ports?: number[];
    name?: string;
    settings?: NodeJS.ProcessEnv;
  }

  /** Findings about the public URL with such a proxy in front. */
  async function linesBehind({
    without,
    ports,
    name = 'localhost',
    settings = {},
  }: ProxyOptions): Promise<string[]> {
    const { port, gateway, settings: all, certificate } = site();
    const upstream = ports ?? [Number(new URL(gateway.url).port)];
    const options = { port, tls: await certificate(name), ...(without && { without }) };
    await startForTest(startBalancer(upstream, options));
    return (await doctor({ ...all, ...settings })).lines('public URL');
  }

  const EXPIRY = expect.stringMatching(
    /^warning the certificate of https:\/\/localhost:\d+\/ expires in 1 day/,
  );

  it('[DO13] the documented proxy leads to this Lampboard, with WebSockets', async () => {
    expect(await linesBehind({})).toEqual([
      EXPIRY,
      expect.stringMatching(/^ok https:\/\/localhost:\d+\/ leads to this Lampboard, WebSockets too$/),
    ]);
  });

  it.each([
    [
      'WebSockets',
      /Upgrade|Connection/,
      /^warning .* passes no WebSockets: boards fall back to long polling/,
    ],
    [
      'the addresses of clients',
      /X-Forwarded-For/,
      /^problem the proxy does not pass on the addresses of clients/,
    ],
    [
      'the host',
      /Host/,
      /^problem Lampboard rejects requests that come by .*LAMPBOARD_PUBLIC_URL.*header Host$/,
    ],
  ])('[DO13] finds a proxy that does not pass on %s', async (_, without, expected) => {
    expect(await linesBehind({ without })).toContainEqual(expect.stringMatching(expected));
  });

  it('[DO13] finds a proxy that Lampboard does not trust', async () => {
    const env = {
      LAMPBOARD_PUBLIC_URL: site().settings.LAMPBOARD_PUBLIC_URL,
      LAMPBOARD_TRUSTED_PROXIES: '192.0.2.1',
    };
    const gateway = await startForTest(startGateway({ amiPort: pbx().amiPort, env }));
    const { port } = new URL(gateway.url);
    const settings = { ...env, LAMPBOARD_PORT: port, LAMPBOARD_DATA_DIR: gateway.dataFolder };
    expect(await linesBehind({ ports: [Number(port)], settings })).toContainEqual(
      expect.stringMatching(
        /^problem .*LAMPBOARD_TRUSTED_PROXIES lacks the address of the proxy, 127\.0\.0\.1$/,
      ),
    );
  });

  it('[DO13] finds a proxy that leads nowhere, to another Lampboard or to something else', async () => {
    expect(await linesBehind({ ports: [] })).toContainEqual(
      expect.stringMatching(/^problem the proxy at .* does not reach Lampboard \(HTTP 502\)$/),
    );
  });

  it('[DO13] finds another Lampboard behind the address', async () => {
    const other = await startForTest(startGateway({ amiPort: pbx().amiPort }));
    expect(await linesBehind({ ports: [Number(new URL(other.url).port)] })).toContainEqual(
      expect.stringMatching(/^problem another Lampboard answers at /),
    );
  });

  it('[DO13] finds a certificate for another name, and one of an unknown CA', async () => {
    expect((await linesBehind({ name: 'other.test' }))[0]).toMatch(
      /^problem the certificate of .*it is for another name/,
    );
  });

  it('[DO13] a CA that only browsers may know is a warning', async () => {
    const [first] = await linesBehind({ settings: { NODE_EXTRA_CA_CERTS: '' } });
    expect(first).toMatch(/^warning the certificate of .*its CA is unknown/);
  });

  it('[DO13] says that nothing answers at the public URL', async () => {
    const { settings } = site();
    expect((await doctor(settings)).lines('public URL')).toEqual([
      expect.stringMatching(
        /^problem https:\/\/localhost:\d+\/ can't be reached from this machine \(ECONNREFUSED\)$/,
      ),
    ]);
    const unknown = { ...settings, LAMPBOARD_PUBLIC_URL: 'https://lampboard.invalid' };
    expect((await doctor(unknown)).lines('public URL')).toEqual([
      expect.stringMatching(
        /^warning https:\/\/lampboard\.invalid\/ can't be reached from this machine \((?:ENOTFOUND|EAI_AGAIN)\)$/,
      ),
    ]);
  });
});
