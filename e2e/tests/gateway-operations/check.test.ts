import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { beforeEach, describe, expect, it } from 'vitest';
import { tlsSettings } from '../../testkit/gateway/certificate.ts';
import { runCli } from '../../testkit/gateway/test-accounts.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { startForTest } from '../../testkit/site/test-site.ts';

const SECRET = 'sesame-7781';
const ASTERISK = {
  LAMPBOARD_AMI_HOST: 'pbx.invalid',
  LAMPBOARD_AMI_USERNAME: 'lampboard',
  LAMPBOARD_AMI_SECRET: SECRET,
};

let folder: string;
beforeEach(async () => {
  folder = (await startForTest(makeTempFolder())).path;
});

async function check(settings: NodeJS.ProcessEnv = {}, asterisk: NodeJS.ProcessEnv = ASTERISK) {
  const env = { ...process.env, ...asterisk, ...settings };
  const result = await runCli({ args: ['check'], cwd: folder, env });
  expect(result.stdout + result.stderr).not.toContain(SECRET);
  return result;
}

it('[DO4] settings that can be used pass, and nothing is started or made', async () => {
  const { code, stdout, stderr } = await check();
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe('The settings, and the files that they name, can be used.\n');
  expect(await readdir(folder)).toEqual([]);
});

it('[DO4] all wrong values are named, and where they are', async () => {
  await writeFile(join(folder, '.env'), 'LAMPBOARD_PORT=eighty\nLAMPBOARD_AMI_TLS=perhaps\n');
  const { code, stdout, stderr } = await check();
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    'Lampboard: LAMPBOARD_PORT is not a number. LAMPBOARD_AMI_TLS is neither true nor false.\n',
  );
});

it('[DO4] each file that can’t be used is a line', async () => {
  const { cert } = createTestAuthority().issueCertificate({ names: ['DNS:localhost'] });
  const { key } = createTestAuthority().issueCertificate({ names: ['DNS:localhost'] });
  const tls = tlsSettings(folder);
  await writeFile(tls.LAMPBOARD_TLS_CERT, cert);
  await writeFile(tls.LAMPBOARD_TLS_KEY, key, { mode: 0o600 });
  const people = join(folder, 'people.csv');
  const { code, stderr } = await check({ ...tls, LAMPBOARD_DIRECTORY_FILE: people });
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([
    `Lampboard: LAMPBOARD_DIRECTORY_FILE ${people} does not exist.`,
    `Lampboard: LAMPBOARD_TLS_KEY names ${tls.LAMPBOARD_TLS_KEY}, which does not belong to the certificate.`,
  ]);
});

it('[DO4] warns of secrets that others can read, of rows without a name, and of a certificate that ends, and passes', async () => {
  const { cert, key } = createTestAuthority().issueCertificate({ names: ['DNS:localhost'] });
  const tls = tlsSettings(folder);
  await writeFile(tls.LAMPBOARD_TLS_CERT, cert);
  await writeFile(tls.LAMPBOARD_TLS_KEY, key);
  await chmod(tls.LAMPBOARD_TLS_KEY, 0o644);
  const people = join(folder, 'people.csv');
  await writeFile(people, 'extension,name\n1101,Rita Moreno\n1102,\n');
  const { code, stdout, stderr } = await check({ ...tls, LAMPBOARD_DIRECTORY_FILE: people });
  expect([code, stdout]).toEqual([0, expect.stringContaining('can be used')]);
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain(`chmod 600 ${tls.LAMPBOARD_TLS_KEY}`);
  expect(lines[1]).toContain('line 3 has no name');
  expect(lines[2]).toMatch(/expires in 1 day, on .*What to do: renew it\.$/);
  expect(stderr).not.toContain('Rita');
});

it('[DO4] names what is missing before others may reach it', async () => {
  const { code, stderr } = await check({ LAMPBOARD_HOST: '0.0.0.0' });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Lampboard: LAMPBOARD_HOST is 0\.0\.0\.0, which others can reach\. .*LAMPBOARD_PUBLIC_URL.*\n$/,
  );
});

describe('two PBXs', () => {
  const item = (id: string, secret: string) =>
    `  - id: ${id}\n    name: ${id}\n    ami: { host: ${id}.invalid, username: lampboard, ${secret} }\n`;
  const BERLIN = item('berlin', `secret: ${SECRET}`);
  const PARIS = item('paris', 'secret_file: paris.secret');
  let file: string;
  let secretFile: string;

  beforeEach(async () => {
    file = join(folder, 'lampboard.yaml');
    secretFile = join(folder, 'paris.secret');
    await writeFile(file, `pbxs:\n${BERLIN}${PARIS}`, { mode: 0o600 });
    await writeFile(secretFile, SECRET, { mode: 0o600 });
  });

  it('[DO4] [PB1] a file with both passes, and nothing is made', async () => {
    const { code, stdout, stderr } = await check({}, {});
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe('The settings, and the files that they name, can be used.\n');
    expect((await readdir(folder)).toSorted()).toEqual(['lampboard.yaml', 'paris.secret']);
  });

  it('[DO4] warns of each file with a secret that others can read', async () => {
    for (const path of [file, secretFile]) await chmod(path, 0o644);
    const { code, stderr } = await check({}, {});
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/.*chmod/, 'chmod'))).toEqual([
      `chmod 600 ${secretFile}.`,
      `chmod 600 ${file}.`,
    ]);
  });

  it.each([
    [
      'a misspelt setting of the second',
      `${BERLIN}${PARIS.replace('username', 'usernam')}`,
      'line 7: ami.usernam is not a setting there; did you mean ami.username?',
    ],
    [
      'a missing secret',
      `${BERLIN}${PARIS.replace('paris.secret', 'rome.secret')}`,
      'line 7: ami.secret_file',
    ],
    ['the same id twice', `${BERLIN}${BERLIN}`, 'line 5: id is that of another PBX, too.'],
  ])('[DO4] [PB2] names file and line of %s', async (_, pbxs, line) => {
    await writeFile(file, `pbxs:\n${pbxs}`);
    const { code, stdout, stderr } = await check({}, {});
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`Lampboard: ${file}, ${line}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('[DO4] [PB1] an AMI link beside the file is a problem', async () => {
    const { code, stderr } = await check();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Lampboard: LAMPBOARD_AMI_HOST is set, but .*lampboard\.yaml lists the PBXs.*\n$/,
    );
  });
});
