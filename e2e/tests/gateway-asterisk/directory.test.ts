import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { beforeAll, expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { startTestGateway, startForSuite, openTestSite } from '../../testkit/site/test-site.ts';
import { makeCertificate } from '../../testkit/gateway/certificate.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const folder = startForSuite(makeTempFolder);
const pbx = startForSuite(startDemoPbxUnderTest);
beforeAll(() => pbx().reload([...standardHints(), inDefault('0142', 'PJSIP/0142')]));

async function put(content: string) {
  const path = join(folder().path, 'people.csv');
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
  return { env: { LAMPBOARD_DIRECTORY_FILE: path } };
}

const loggedErrors = (output: string) =>
  [...output.matchAll(/"msg":"(directory:? [^"]+)"/g)].map(([, message]) => message);

it('[CF14] what matches no hint, is doubled or lost its zeros is logged by its line, and the board has the rest', async () => {
  const rows = '1101;Rita|;;|1199;Nobody|1102;Josh|142;Zoe|2001@sales;Sam|1101;Ada|1103'.split('|');
  const options = await put(`\uFEFFExtension;Name;Department\r\n${rows.join('\r\n')}\r\n;;\r\n`);
  const { gateway, client } = await openTestSite(pbx(), options);
  const names = ['1101@default', '1102@default', '2001@sales'].map((id) => client.extension(id).person.name);
  expect(names).toEqual(['Ada', 'Josh', 'Sam']);
  await waitUntil('the comparison with the hints', async () =>
    (await gateway.output()).includes('matches no hint'),
  );
  const output = await gateway.output();
  expect(loggedErrors(output)).toEqual([
    'directory loaded',
    'directory: line 8 repeats the extension of line 2 and replaces that line',
    'directory: line 9 has no name',
    'directory: line 4 matches no hint',
    'directory: line 6 matches no hint; did it lose the leading zeros of 0142?',
  ]);
  expect(output).not.toMatch(/Rita|Nobody|Zoe/);
});

it('[CF12] SIGHUP reads the directory again, and keeps what was read before where the file is wrong', async () => {
  const options = await put('extension,name,department\n1101,Rita,Sales\n1102,Josh,Sales\n1112,Alan,Sales\n');
  const { gateway, client } = await openTestSite(pbx(), options);
  const nameOf = (id: string) => client.extension(id).person.name;
  expect(nameOf('1101@default')).toBe('Rita');

  await put('Extension;Name;Department\n1101;Rita Moreno;Desk\n1103;Bo;\n1199;Nobody;\n');
  gateway.child().signal('SIGHUP');
  await client.waitUntil('the new names', () => nameOf('1103@default') === 'Bo');
  // Falls back to Asterisk's name or the number.
  await client.waitUntil('the name of the hint', () => nameOf('1112@default') === 'Grace Hopper');
  expect(client.extension('1101@default').person).toMatchObject({ name: 'Rita Moreno', department: 'Desk' });
  expect(client.extension('1102@default').person).toMatchObject({ name: '1102', department: '' });
  await waitUntil('the line that matches no hint', async () =>
    loggedErrors(await gateway.output()).includes('directory: line 4 matches no hint'),
  );

  await put('no table\n');
  gateway.child().signal('SIGHUP');
  await waitUntil('the warning', async () => (await gateway.output()).includes('names are unchanged'));
  expect(await gateway.output()).toContain('has no column “extension”');
  expect([nameOf('1103@default'), client.isLive(), gateway.child().isRunning()]).toEqual(['Bo', true, true]);
});

it('[DR2] a changed file is on the board without a signal', async () => {
  const options = await put('extension,name\n1101,Rita\n');
  const { client } = await openTestSite(pbx(), options);
  await put('extension,name\n1101,Rita Moreno\n');
  await client.waitUntil(
    'the new name',
    () => client.extension('1101@default').person.name === 'Rita Moreno',
    10_000,
  );
});

it('[CF12] SIGHUP reads the certificate again at once', async () => {
  const env = await makeCertificate(folder().path, 'first');
  const gateway = await startTestGateway({ amiPort: pbx().amiPort, env });
  async function readName(): Promise<unknown> {
    const socket = connect({ port: Number(new URL(gateway.url).port), rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  }
  expect(await readName()).toBe('first');
  await makeCertificate(folder().path, 'second');
  gateway.child().signal('SIGHUP');
  // Sooner than without a signal.
  await waitUntil('the new certificate', async () => (await readName()) === 'second', { ms: 4000 });
  await writeFile(env.LAMPBOARD_TLS_KEY, 'broken');
  gateway.child().signal('SIGHUP');
  await waitUntil('the warning', async () => (await gateway.output()).includes('certificate not renewed'));
  expect(await readName()).toBe('second');
});
