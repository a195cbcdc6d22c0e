import { readFileSync } from 'node:fs';
import { LINK_REASONS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { messages } from '../../../console/src/i18n/catalogues/en.ts';
import { LINK_PROBLEMS, NO_HINTS, linkProblemText, remedyInFile } from './link-problems.ts';

const README = new URL('../../../../README.md', import.meta.url);

it('[DO1] README’s table has exactly the sentences of log and doctor, under the names that the board shows', () => {
  const [, section = ''] = readFileSync(README, 'utf8').split('## When it does not connect');
  const [, , ...rows] = (section.split('\n## ')[0] ?? '').match(/^\|.*$/gm) ?? [];
  expect(rows).toEqual(
    [...Object.values(LINK_PROBLEMS), NO_HINTS].map((text) => `| ${Object.values(text).join(' | ')} |`),
  );
  const texts: Readonly<Record<string, unknown>> = messages;
  for (const [reason, { title }] of Object.entries(LINK_PROBLEMS))
    expect(texts[`link.${reason}.short`], reason).toBe(title);
  expect(texts['board.no-hints']).toBe(NO_HINTS.title);
});

it('[DO1] every reason is one line for the log', () => {
  for (const reason of LINK_REASONS) expect(linkProblemText(reason), reason).toMatch(/^[A-Z].+[^.\n]\.?$/);
  expect(linkProblemText('unreachable')).toBe(
    'Asterisk unreachable: nothing answers at that address and port. What to do: check `enabled = yes` and `bindaddr` in `manager.conf`, and firewalls.',
  );
});

it('[PB19] the settings of a PBX are named as they are in the file with the PBXs', () => {
  expect(linkProblemText('tls-error', { isInFile: true })).toMatch(
    /renew it, or set `ami\.tls_ca` or `ami\.tls_server_name` \(of this PBX in lampboard\.yaml\)\.$/u,
  );
  expect(remedyInFile(NO_HINTS.remedy, '/etc/sites.yaml')).toBe(
    '`core show hints`; `contexts` (of this PBX in /etc/sites.yaml)',
  );
  for (const { remedy } of Object.values(LINK_PROBLEMS))
    expect(remedyInFile(remedy)).not.toMatch(/LAMPBOARD_(AMI|CONTEXTS)/u);
  const { remedy } = LINK_PROBLEMS['redis-unreachable'];
  expect(remedyInFile(remedy)).toBe(remedy);
});
