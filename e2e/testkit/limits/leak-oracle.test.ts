import { testExtension, testPbx } from '@lampboard/model/testing';
import { type Call, type Delta, type Extension, NO_LIMITS, type Snapshot } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createLeakOracle } from './leak-oracle.ts';

const FIRST = { ...NO_LIMITS, contexts: ['zctx1q'] };

function extension(exten: string, context: string, name: string): Extension {
  const person = { name, department: '', email: '', mobile: '' };
  return testExtension(exten, { id: `${exten}@${context}`, context, person, provider: null, presence: null });
}
const visible = extension('znum1q', 'zctx1q', 'zname1q');
const hidden = extension('znum2q', 'zctx2q', 'zname2q');

const callOf = (id: string, extension: string, name: string): Call => ({
  id,
  extensions: [extension],
  state: 'talking',
  incoming: true,
  since: 0,
  party: { number: 'znum11q', name },
});

function open() {
  const oracle = createLeakOracle({ rita: { assigned: [], limits: [FIRST] } });
  const snapshot: Snapshot = {
    epoch: 'e',
    seq: 0,
    time: 0,
    pbxs: [testPbx()],
    extensions: [visible, hidden],
    calls: [
      callOf('1', visible.id, 'zname11q'),
      callOf('2', hidden.id, 'zname12q'),
      {
        ...callOf('3', visible.id, 'zname13q'),
        party: { number: 'znum13q', name: '', extension: hidden.id },
      },
    ],
  };
  oracle.follow(`42${JSON.stringify(['snapshot', snapshot])}`);
  let seq = 0;
  const rename = (id: string, name: string) => {
    const fields = { person: { ...visible.person, name } };
    const delta: Delta = {
      epoch: 'e',
      seq: (seq += 1),
      changes: [{ table: 'extensions', op: 'patch', id, fields }],
    };
    oracle.follow(`42${JSON.stringify(['delta', delta])}`);
  };
  return { oracle, rename };
}

it('[VI11] the oracle finds what is of nothing visible, and nothing else', () => {
  const { oracle, rename } = open();
  rename(visible.id, 'zname3q');
  rename(hidden.id, 'zname4q');
  const leaks = (recorded: string) => oracle.leaksOnBoard('rita', recorded);
  expect(leaks('znum1q zname1q zname3q zctx1q')).toEqual([]);
  expect(leaks('a zname4q, zname4q and znum2q@zctx2q')).toEqual(['zname4q', 'znum2q', 'zctx2q']);
  expect(oracle.changesSeenBy('rita')).toBe(2);
});

it('[CV4] [CV5] of calls it finds what is of no visible one, and of an entry that is not visible', () => {
  const { oracle } = open();
  const recorded = 'zname11q znum11q, zname12q zname13q znum13q';
  expect(oracle.leaksOnBoard('rita', recorded)).toEqual(['zname12q', 'zname13q', 'znum13q']);
});

it('[VI11] in replies an extension has its past, and one that is not visible none', () => {
  const { oracle } = open();
  oracle.typed(visible.id, 'zmsg5q');
  oracle.typed(hidden.id, 'zmsg6q');
  const leaks = oracle.leaksInReplies('rita', 'zmsg5q zmsg6q zacc7q zacc8q', new Set(['zacc7q']));
  expect(leaks).toEqual(['zmsg6q', 'zacc8q']);
});

it('[VI11] a missed change stops the oracle', () => {
  const { oracle } = open();
  expect(() => oracle.follow('42["delta",{"epoch":"e","seq":7,"changes":[]}]')).toThrow('missed');
});
