import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { personOf, readDirectory } from './directory.ts';
import { isLoopbackName } from './loopback.ts';

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

it.each([
  [{ LAMPBOARD_PORT: 'eighty' }, 'LAMPBOARD_PORT'],
  [{ LAMPBOARD_PORT: '70000' }, 'LAMPBOARD_PORT'],
  [{ LAMPBOARD_HOST: '0.0.0.0' }, 'LAMPBOARD_HOST'],
  [{ LAMPBOARD_HOST: '192.168.1.4' }, 'LAMPBOARD_HOST'],
  [{ LAMPBOARD_HOST: '::' }, 'LAMPBOARD_HOST'],
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

it.each([
  ['localhost:8080', true],
  ['127.0.0.1', true],
  ['[::1]:8080', true],
  ['evil.example:8080', false],
  ['127.0.0.1.evil.example', false],
  ['', false],
])('[GW7] the host name %j is our own: %s', (header, isOurs) => {
  expect(isLoopbackName(header)).toBe(isOurs);
});

it('[GW3] reads people from a CSV file, quoted names and all', () => {
  const path = file(
    '\uFEFFextension,name,department,email\n1101,"Moreno, Rita",Sales,rita@example.com\n1102@sales,Josh,,\n',
  );
  const read = readDirectory(path);
  expect(read.ok).toBe(true);
  if (!read.ok) return;
  const rita = { name: 'Moreno, Rita', department: 'Sales', email: 'rita@example.com', mobile: '' };
  expect(personOf(read.directory, '1101', 'any')).toEqual(rita);
  expect(personOf(read.directory, '1102', 'sales')?.name).toBe('Josh');
  expect(personOf(read.directory, '1102', 'default')).toBeUndefined();
});

it.each([
  ['name,department\nRita,Sales\n', 'extension'],
  ['extension,name\n1101,\n', 'name'],
  ['extension,name\n1101,"Rita\n', 'Quote'],
])('[GW3] says what is wrong with the directory %j', (text, word) => {
  const read = readDirectory(file(text));
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining(word) });
});

it('[GW3] says that the directory file is not there', () => {
  expect(readDirectory('/nowhere/people.csv')).toMatchObject({
    ok: false,
    message: expect.stringContaining('/nowhere'),
  });
});
