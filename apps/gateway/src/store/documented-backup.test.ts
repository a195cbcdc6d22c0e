import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/test-folder.ts';

const MANUAL = new URL('../../../../docs/administration.md', import.meta.url);

it('[ST10] the backup that the manual tells can be read by its owner only', () => {
  const [command = ''] = /^.*sqlite3.*\.backup.*$/m.exec(readFileSync(MANUAL, 'utf8')) ?? [];
  const folder = testFolder();
  mkdirSync(join(folder, 'bin'));
  // Stands in for sqlite3, which not every machine has: makes the file that it is told to.
  writeFileSync(join(folder, 'bin', 'sqlite3'), '#!/bin/sh\n: > "${2#.backup }"\n', { mode: 0o755 });
  execFileSync('sh', ['-c', `umask 022; ${command}`], {
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` },
  });
  expect(statSync(join(folder, 'copy.db')).mode & 0o777).toBe(0o600);
});
