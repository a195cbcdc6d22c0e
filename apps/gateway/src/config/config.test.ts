import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const AMI = { LAMPBOARD_AMI_HOST: 'pbx', LAMPBOARD_AMI_USERNAME: 'lampboard', LAMPBOARD_AMI_SECRET: 'hush' };

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'lampboard-')), 'file');
  writeFileSync(path, text);
  return path;
}

function messageOf(env: NodeJS.ProcessEnv): string {
  const read = readConfig(env);
  return read.ok ? 'ok' : read.message;
}

it('[GW4] without any setting serves the demo PBX on this machine only', () => {
  expect(readConfig({})).toEqual({
    ok: true,
    config: { host: '127.0.0.1', port: 8080, ami: null, contexts: null, directory: null },
  });
});

it('[GW4] takes the Asterisk, the contexts and the directory from the environment', () => {
  const env = {
    ...AMI,
    LAMPBOARD_PORT: '9000',
    LAMPBOARD_CONTEXTS: 'default, sales,',
    LAMPBOARD_DIRECTORY: 'people.csv',
  };
  expect(readConfig(env)).toEqual({
    ok: true,
    config: {
      host: '127.0.0.1',
      port: 9000,
      ami: { host: 'pbx', port: 5038, username: 'lampboard', secret: 'hush' },
      contexts: ['default', 'sales'],
      directory: 'people.csv',
    },
  });
});

it('[GW4] reads the secret from a file', () => {
  const { LAMPBOARD_AMI_SECRET: _, ...rest } = AMI;
  const read = readConfig({ ...rest, LAMPBOARD_AMI_SECRET_FILE: file('from the file\n') });
  expect(read).toMatchObject({ ok: true, config: { ami: { secret: 'from the file' } } });
});

it('[GW4] takes an empty setting for one that is not there', () => {
  expect(readConfig({ LAMPBOARD_PORT: '', LAMPBOARD_AMI_PORT: ' ', LAMPBOARD_HOST: '' })).toEqual(
    readConfig({}),
  );
});

it.each([
  [{ LAMPBOARD_PORT: 'eighty' }, 'LAMPBOARD_PORT'],
  [{ LAMPBOARD_PORT: '70000' }, 'LAMPBOARD_PORT'],
  [{ LAMPBOARD_HOST: '0.0.0.0' }, 'LAMPBOARD_HOST'],
  [{ LAMPBOARD_HOST: '192.168.1.4' }, 'LAMPBOARD_HOST'],
  [{ LAMPBOARD_HOST: '::' }, 'LAMPBOARD_HOST'],
  [{ ...AMI, LAMPBOARD_AMI_HOST: '' }, 'LAMPBOARD_AMI_HOST is missing'],
  [{ ...AMI, LAMPBOARD_AMI_USERNAME: '' }, 'LAMPBOARD_AMI_USERNAME'],
  [{ ...AMI, LAMPBOARD_AMI_SECRET: '' }, 'LAMPBOARD_AMI_SECRET'],
  [{ ...AMI, LAMPBOARD_AMI_SECRET_FILE: '/nowhere/secret' }, 'LAMPBOARD_AMI_SECRET_FILE'],
  [{ ...AMI, LAMPBOARD_AMI_PORT: '0' }, 'LAMPBOARD_AMI_PORT'],
])('[GW4] stops at %j with one line that names the setting and no secret', (env, name) => {
  const message = messageOf(env);
  expect(message).toContain(name);
  expect(message).not.toContain('\n');
  expect(message).not.toContain('hush');
});

it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('[GW4] listens on %s', (host) => {
  expect(readConfig({ LAMPBOARD_HOST: host })).toMatchObject({ ok: true, config: { host } });
});
