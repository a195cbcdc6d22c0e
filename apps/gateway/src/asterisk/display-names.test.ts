import { type DirectoryFields, ONLY_PBX } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { AmiEvent, AmiResult } from '@lampboard/ami';
import { createDisplayNames } from './display-names.ts';
import type { Fact } from '@lampboard/model';

const HINTS = ['1101', '1102'].map((exten) => ({
  kind: 'person' as const,
  exten,
  context: 'default',
  hint: `PJSIP/${exten}`,
  status: 0,
}));
const MINUTE = 60_000;

/** A list of AstDB entries, as `DBGetTree` returns it. */
const database = (entries: readonly (readonly [key: string, value: string])[]): readonly AmiEvent[] =>
  entries.map(([key, val]) => ({ name: 'DBGetTreeResponse', fields: { key, val } }));

/**
 * Creates display names of hints with these names; `displayed` holds the board's names by extension. `freePbx` replies to
 * `DBGetTree`.
 */
function setup(
  names: Record<string, string>,
  freePbx: () => AmiResult<readonly AmiEvent[]> = () => ({ ok: true, value: [] }),
) {
  vi.useFakeTimers();
  const directory: Record<string, DirectoryFields> = {};
  const displayed: Record<string, string> = {};
  const queried: string[] = [];
  const listed = { count: 0 };
  const record = (facts: readonly Fact[]) => {
    for (const fact of facts)
      if (fact.kind === 'person' && fact.name !== undefined) displayed[fact.id] = fact.name;
  };
  const { setHints, invalidate, close } = createDisplayNames({
    pbxId: ONLY_PBX,
    directory: ({ exten }) => directory[exten] ?? {},
    ami: {
      async send({ Variable = '' }) {
        queried.push(Variable);
        const exten = /^HINT\((\d+)@default,n\)$/.exec(Variable)?.[1];
        return { ok: true, value: { value: (exten && names[exten]) ?? '' } };
      },
      async list() {
        listed.count += 1;
        return freePbx();
      },
    },
    monotonic: () => Date.now(),
    onFacts: record,
  });
  onTestFinished(() => {
    close();
    vi.useRealTimers();
  });
  const updateHints = async (hints = HINTS) => {
    record(setHints(hints));
    await vi.advanceTimersByTimeAsync(MINUTE);
  };
  return { displayed, directory, queried, listed, updateHints, invalidate };
}

it('[LM7] a name that changes without a reload is detected within ten minutes', async () => {
  const names = { '1101': 'Ada' };
  const { displayed, updateHints } = setup(names);
  await updateHints();
  expect(displayed['1101@default']).toBe('Ada');
  names['1101'] = 'Grace';
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(displayed['1101@default']).toBe('Grace');
});

it('[LM7] lists alone read no name again; a list without a known hint reads all', async () => {
  const { queried, updateHints } = setup({ '1101': 'Ada', '1102': 'Bea' });
  await updateHints();
  await updateHints();
  expect(queried).toHaveLength(2);
  await updateHints(HINTS.slice(0, 1));
  expect(queried.slice(2)).toEqual(['HINT(1101@default,n)']);
});

it.each([
  ['blanks', ' \u00A0\u3000'],
  ['invisible characters', '\u200B\u2800\u3164\u00AD'],
])('[LM8] a name of %s is none, and blanks around a name are not shown', async (_, blank) => {
  const { displayed, updateHints } = setup({ '1101': blank, '1102': ' Ada\u00A0' });
  await updateHints();
  expect(displayed).toEqual({ '1101@default': '1101', '1102@default': 'Ada' });
});

it('[DR1] a directory without a name adds its fields to the name from Asterisk', async () => {
  const { displayed, directory, updateHints } = setup({ '1101': 'Ada' });
  directory['1101'] = { department: 'Sales' };
  await updateHints();
  expect(displayed['1101@default']).toBe('Ada');
  directory['1101'] = { name: 'Ada Lovelace', department: 'Sales' };
  await updateHints();
  expect(displayed['1101@default']).toBe('Ada Lovelace');
  delete directory['1101'];
  await updateHints();
  expect(displayed['1101@default']).toBe('Ada');
});

it('[NM2] one action reads all of FreePBX’s names, again when names are invalid', async () => {
  const entries: [string, string][] = [
    ['/AMPUSER/1101/cidname', 'Alice Chen'],
    ['/AMPUSER/1102/cidname', 'Josh'],
  ];
  const { displayed, listed, updateHints, invalidate } = setup({}, () => ({
    ok: true,
    value: database(entries),
  }));
  await updateHints();
  expect(displayed).toEqual({ '1101@default': 'Alice Chen', '1102@default': 'Josh' });
  await updateHints();
  expect(listed.count).toBe(1);
  entries[0] = ['/AMPUSER/1101/cidname', 'Alice Moreno'];
  invalidate();
  await updateHints();
  expect(listed.count).toBe(2);
  expect(displayed['1101@default']).toBe('Alice Moreno');
});

it.each(['permission-denied', 'rejected'] as const)(
  '[NM3] without FreePBX’s names (%s), others are shown',
  async (code) => {
    const { displayed, updateHints } = setup({ '1101': 'Ada' }, () => ({ ok: false, code, message: '' }));
    await updateHints();
    expect(displayed).toEqual({ '1101@default': 'Ada', '1102@default': '1102' });
  },
);

it('[NM3] while FreePBX’s names can’t be read, the last ones stay', async () => {
  let reply: AmiResult<readonly AmiEvent[]> = {
    ok: true,
    value: database([['/AMPUSER/1101/cidname', 'Alice Chen']]),
  };
  const { displayed, updateHints, invalidate } = setup({}, () => reply);
  await updateHints();
  reply = { ok: false, code: 'timeout', message: '' };
  invalidate();
  await updateHints();
  expect(displayed['1101@default']).toBe('Alice Chen');
});

it.each([
  ['/AMPUSER/1101/cidname', 'A\nVal: B'],
  ['/AMPUSER/1101/cidname\n/AMPUSER/1102/cidname', 'A'],
  ['/AMPUSER/1101/followme/cidname', 'A'],
  ['/ampuser/1101/cidname', 'A'],
])('[NM4] the entry %j with %j names nobody', async (key, value) => {
  const { displayed, updateHints } = setup({}, () => ({ ok: true, value: database([[key, value]]) }));
  await updateHints();
  expect(Object.values(displayed)).not.toContain('A');
});
