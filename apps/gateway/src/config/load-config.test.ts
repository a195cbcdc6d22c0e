import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../platform/testing/test-folder.ts';
import { readDotEnv } from './load-config.ts';

function read(content: string | Buffer) {
  const path = join(testFolder(), '.env');
  writeFileSync(path, content);
  return readDotEnv(path);
}

const HIDE = { LAMPBOARD_HIDE_OTHERS_MESSAGES: 'true', LAMPBOARD_PORT: '8081' };

it.each([
  ['a byte order mark', '\uFEFFLAMPBOARD_HIDE_OTHERS_MESSAGES=true\nLAMPBOARD_PORT=8081\n'],
  ['line ends of Windows', 'LAMPBOARD_HIDE_OTHERS_MESSAGES=true\r\nLAMPBOARD_PORT=8081\r\n'],
  ['line ends of old Macs', 'LAMPBOARD_HIDE_OTHERS_MESSAGES=true\rLAMPBOARD_PORT=8081\r'],
  [
    'comments, blanks, quotes and export',
    '# ours\n\n export LAMPBOARD_HIDE_OTHERS_MESSAGES = "true" # all\nLAMPBOARD_PORT=\'8081\'\n',
  ],
])('[CF1] reads a file with %s', (_, text) => {
  expect(read(text)).toEqual({ ok: true, value: HIDE });
});

it('[CF1] takes quoted values literally; without quotes, a comment begins after a blank', () => {
  expect(read('A="a#b c"\nB=`it\'s "so"`\nC=plain # comment\nD=\n')).toEqual({
    ok: true,
    value: { A: 'a#b c', B: 'it\'s "so"', C: 'plain', D: '' },
  });
});

it.each([
  ['UTF-16', Buffer.from('\uFEFFLAMPBOARD_HIDE_OTHERS_MESSAGES=true\n', 'utf16le')],
  ['UTF-16 without its mark', Buffer.from('LAMPBOARD_HIDE_OTHERS_MESSAGES=true\n', 'utf16le')],
  ['Windows-1252', Buffer.from('LAMPBOARD_OIDC_DISPLAY_NAME=Zugänge\n', 'latin1')],
])('[CF1] rejects %s', (_, bytes) => {
  expect(read(bytes)).toMatchObject({ ok: false, message: expect.stringMatching(/\.env is not UTF-8/) });
});

it.each([
  ['LAMPBOARD_HIDE_OTHERS_MESSAGES: true', 'line 2 is not of the form NAME=value'],
  ['LAMPBOARD_HIDE_OTHERS_MESSAGES', 'line 2 is not of the form'],
  ['set LAMPBOARD_HIDE_OTHERS_MESSAGES=true', 'line 2 is not of the form'],
  ['LAMPBOARD_AMI_SECRET="hush\nB="x"', 'line 2: put the whole value of LAMPBOARD_AMI_SECRET into quotes'],
  ['LAMPBOARD_AMI_SECRET="hush"hush', 'line 2: put the whole value'],
  ['LAMPBOARD_AMI_SECRET=hush#hush', 'line 2: put the whole value'],
  ['LAMPBOARD_PORT=8081', 'line 2 sets LAMPBOARD_PORT a second time'],
])('[CF1] rejects the ambiguous line %j, without its value', (text, why) => {
  const result = read(`LAMPBOARD_PORT=8080\n${text}\n`);
  const message = result.ok ? 'ok' : result.message;
  expect(message).toContain(why);
  expect(message).not.toContain('hush');
});

it('[CF1] a missing file has no settings; a folder or a broken link is an error', () => {
  const path = join(testFolder(), '.env');
  expect(readDotEnv(path)).toEqual({ ok: true, value: {} });
  mkdirSync(path);
  expect(readDotEnv(path)).toMatchObject({
    ok: false,
    message: `${path}, the file with the LAMPBOARD_ settings, is a folder.`,
  });
  const link = join(testFolder(), '.env');
  symlinkSync('/nowhere/settings', link);
  expect(readDotEnv(link)).toMatchObject({
    ok: false,
    message: expect.stringContaining(`${link}, the file`),
  });
});
