import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { inDefault, standardHints, type PbxUnderTest } from '../../testkit/pbx/pbx-under-test.ts';
import { execOrThrow } from '../../testkit/processes/run-command.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';

let pbx: PbxUnderTest;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lampboard-directory-'));
  pbx = await startDemoPbxUnderTest();
  await pbx.reload([...standardHints(), inDefault('0142', 'PJSIP/0142')]);
});
afterAll(async () => {
  await pbx.stop();
  await rm(folder, { recursive: true });
});

async function put(content: string): Promise<string> {
  const path = join(folder, 'people.csv');
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
  return path;
}

/** The messages of a log, of the lines that say something of the directory. */
const loggedErrors = (output: string) =>
  [...output.matchAll(/"msg":"(directory:? [^"]+)"/g)].map(([, message]) => message);

it('[CF14] what matches no hint, is doubled or lost its zeros is logged by its line, and the board has the rest', async () => {
  const rows = [
    '1101;Rita',
    ';;',
    '1199;Nobody',
    '1102;Josh',
    '142;Zoe',
    '2001@sales;Sam',
    '1101;Ada',
    '1103',
  ];
  const path = await put(`\uFEFFExtension;Name;Department\r\n${rows.join('\r\n')}\r\n;;\r\n`);
  const { gateway, client, close } = await startGatewayWithClient(pbx, {
    env: { LAMPBOARD_DIRECTORY_FILE: path },
  });
  const names = ['1101@default', '1102@default', '2001@sales'].map((id) => client.extension(id).person.name);
  expect(names).toEqual(['Ada', 'Josh', 'Sam']);
  await waitUntil({
    description: 'the comparison with the hints',
    probe: async () => (await gateway.output()).includes('matches no hint'),
  });
  const output = await gateway.output();
  expect(loggedErrors(output)).toEqual([
    'directory loaded',
    'directory: line 8 repeats the extension of line 2 and replaces that line',
    'directory: line 9 has no name',
    'directory: line 4 matches no hint',
    'directory: line 6 matches no hint; did it lose the leading zeros of 0142?',
  ]);
  expect(output).not.toMatch(/Rita|Nobody|Zoe/);
  await close();
});

it('[CF12] SIGHUP reads the directory again, and keeps what was read before where the file is wrong', async () => {
  const path = await put('extension,name,department\n1101,Rita,Sales\n1102,Josh,Sales\n1112,Alan,Sales\n');
  const { gateway, client, close } = await startGatewayWithClient(pbx, {
    env: { LAMPBOARD_DIRECTORY_FILE: path },
  });
  const nameOf = (id: string) => client.extension(id).person.name;
  expect(nameOf('1101@default')).toBe('Rita');

  await put('Extension;Name;Department\n1101;Rita Moreno;Desk\n1103;Bo;\n1199;Nobody;\n');
  gateway.child().signal('SIGHUP');
  await client.waitUntil('the new names', () => nameOf('1103@default') === 'Bo');
  // Whom the file names no longer Asterisk names, or else the number.
  await client.waitUntil('the name of the hint', () => nameOf('1112@default') === 'Grace Hopper');
  expect(client.extension('1101@default').person).toMatchObject({ name: 'Rita Moreno', department: 'Desk' });
  expect(client.extension('1102@default').person).toMatchObject({ name: '1102', department: '' });
  await waitUntil({
    description: 'the line that matches no hint',
    probe: async () => loggedErrors(await gateway.output()).includes('directory: line 4 matches no hint'),
  });

  await put('no table\n');
  gateway.child().signal('SIGHUP');
  await waitUntil({
    description: 'the warning',
    probe: async () => (await gateway.output()).includes('names are unchanged'),
  });
  expect(await gateway.output()).toContain('has no column “extension”');
  expect([nameOf('1103@default'), client.isLive(), gateway.child().isRunning()]).toEqual(['Bo', true, true]);
  await close();
});

it('[CF12] SIGHUP reads the certificate again at once', async () => {
  const tls = { LAMPBOARD_TLS_CERT: join(folder, 'cert.pem'), LAMPBOARD_TLS_KEY: join(folder, 'key.pem') };
  const certify = (name: string) =>
    execOrThrow({
      command: 'openssl',
      args: `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name} -out ${tls.LAMPBOARD_TLS_CERT} -keyout ${tls.LAMPBOARD_TLS_KEY}`.split(
        ' ',
      ),
    });
  await certify('first');
  const gateway = await startGateway({ amiPort: pbx.amiPort, env: tls });
  const readName = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port: Number(new URL(gateway.url).port), rejectUnauthorized: false });
      socket.once('error', reject);
      socket.once('secureConnect', () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.destroy();
      });
    });
  expect(await readName()).toBe('first');
  await certify('second');
  gateway.child().signal('SIGHUP');
  // Sooner than it would by itself.
  await waitUntil({
    description: 'the new certificate',
    ms: 4000,
    probe: async () => (await readName()) === 'second',
  });
  await writeFile(tls.LAMPBOARD_TLS_KEY, 'broken');
  gateway.child().signal('SIGHUP');
  await waitUntil({
    description: 'the warning',
    probe: async () => (await gateway.output()).includes('certificate not renewed'),
  });
  expect(await readName()).toBe('second');
  await gateway.stop();
});
