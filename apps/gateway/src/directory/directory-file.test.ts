import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { testFolder } from '../platform/testing/test-folder.ts';
import { openDirectory } from './directory-file.ts';

const HEADER = 'extension,name\n';

/** Opens a directory file with this content, and follows it. */
function follow(content: string | Buffer) {
  const folder = testFolder();
  const path = join(folder, 'people.csv');
  writeFileSync(path, content);
  const messages: string[] = [];
  const record = (_: unknown, message?: string) => void messages.push(message ?? '');
  const opened = openDirectory({ path, log: { info: record, warn: record }, pollIntervalMs: 10 });
  if (!opened.ok) throw new Error(opened.message);
  const file = opened.value;
  onTestFinished(file.watch());
  let reloads = 0;
  file.onReload(() => (reloads += 1));
  const waitForName = (name: string | undefined) =>
    vi.waitFor(() => expect(file.current().get('1101')?.name).toBe(name), { timeout: 5000 });
  const waitForMessage = (message: string) =>
    vi.waitFor(() => expect(messages).toContain(message), { timeout: 5000 });
  return { folder, path, file, messages, reloads: () => reloads, waitForName, waitForMessage };
}

it('[GW3] reports that the directory file does not exist', () => {
  const log = { info: () => {}, warn: () => {} };
  expect(openDirectory({ path: '/nowhere/people.csv', log })).toEqual({
    ok: false,
    message: 'LAMPBOARD_DIRECTORY_FILE /nowhere/people.csv does not exist.',
  });
});

it('[CF13] reads UTF-16, which spreadsheets call Unicode text', () => {
  const { file } = follow(Buffer.from('\uFEFFExtension\tName\n1101\tMoreno, Rita\n', 'utf16le'));
  expect(file.current().get('1101')?.name).toBe('Moreno, Rita');
});

it('[GW3] rejects a directory that is not UTF-8, as its names would be broken', () => {
  expect(() => follow(Buffer.from(`${HEADER}1101,J\xfcrgen\n`, 'latin1'))).toThrow('is not UTF-8');
});

it('[DR2] a changed file is read again by itself', async () => {
  const { path, waitForName, reloads } = follow(`${HEADER}1101,Rita\n`);
  writeFileSync(path, `${HEADER}1101,Rita Moreno\n`);
  await waitForName('Rita Moreno');
  expect(reloads()).toBe(1);
});

it('[DR2] a file that is replaced, or reached by another link, is read again', async () => {
  const { folder, path, waitForName, reloads } = follow(`${HEADER}1101,Rita\n`);
  writeFileSync(join(folder, 'new.csv'), `${HEADER}1101,Josh\n`);
  renameSync(join(folder, 'new.csv'), path);
  await waitForName('Josh');
  writeFileSync(join(folder, 'other.csv'), `${HEADER}1101,Ada\n`);
  rmSync(path);
  symlinkSync('other.csv', path);
  await waitForName('Ada');
  expect(reloads()).toBe(2);
});

it('[DR2] an unusable file leaves the previous content in use, with one warning', async () => {
  const { path, file, messages, waitForName, waitForMessage } = follow(`${HEADER}1101,Rita\n`);
  writeFileSync(path, 'no table\n');
  await waitForMessage('directory not reloaded; names are unchanged');
  expect(file.current().get('1101')?.name).toBe('Rita');
  writeFileSync(path, 'still no table\n');
  rmSync(path);
  await vi.waitFor(() => expect(messages.filter((text) => text.includes('not reloaded'))).toHaveLength(2), {
    timeout: 5000,
  });
  writeFileSync(path, `${HEADER}1101,Josh\n`);
  await waitForName('Josh');
});

it('[DR2] a file that is written again with the same content is not reported again', async () => {
  const { path, messages, reloads, waitForName } = follow(`${HEADER}1101,Rita\n`);
  writeFileSync(path, `${HEADER}1101,Rita\n`);
  writeFileSync(`${path}.new`, `${HEADER}1101,Rita\n`);
  renameSync(`${path}.new`, path);
  writeFileSync(path, `${HEADER}1101,Josh\n`);
  await waitForName('Josh');
  expect(reloads()).toBe(1);
  expect(messages.filter((text) => text === 'directory loaded')).toHaveLength(2);
});

const hintOf = (exten: string) => ({ exten, context: 'default', hint: `PJSIP/${exten}`, status: 0 });

it('[PB9] reports a row as without a hint only if no PBX has one', () => {
  const path = join(testFolder(), 'people.csv');
  writeFileSync(path, 'extension,name\n1101,Rita\n1102,Josh\nberlin/1102,Bo\nparis/1101,Cy\n');
  const lines: unknown[] = [];
  const log = { info: () => {}, warn: (_: unknown, line?: string) => void lines.push(line) };
  const opened = openDirectory({ path, pbxIds: ['berlin', 'paris'], log });
  if (!opened.ok) throw new Error(opened.message);
  const directory = opened.value;
  directory.check('berlin', [hintOf('1101')]);
  directory.check('paris', []);
  expect(lines).toEqual([]);
  directory.check('paris', [hintOf('1102')]);
  directory.check('berlin', [hintOf('1101')]);
  expect(lines).toEqual(['directory: line 4 matches no hint', 'directory: line 5 matches no hint']);
});
