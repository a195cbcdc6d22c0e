import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../platform/testing/test-folder.ts';
import { openDirectory } from './directory-file.ts';

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
