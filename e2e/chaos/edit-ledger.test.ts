import { expect, it } from 'vitest';
import { type EditOutcome, createEditLedger } from './edit-ledger.ts';

const HELD_UP = { delayed: [{ from: 900, to: 4000 }], unobserved: [] };
const NEVER = { delayed: [], unobserved: [] };

function ledgerOf(kind: EditOutcome, confirmedAt: readonly number[]) {
  const ledger = createEditLedger();
  ledger.sent('e1', 1000);
  ledger.answered('e1', 2000, kind, kind);
  confirmedAt.forEach((timestamp) => ledger.confirmed('e1', timestamp));
  return ledger;
}

it('[TE3] what is acknowledged and done once, refused and not done, or not known and not done later is sound', () => {
  for (const ledger of [
    ledgerOf('acknowledged', [1500]),
    ledgerOf('acknowledged', [2500]),
    ledgerOf('rejected', []),
    ledgerOf('unknown', []),
    ledgerOf('unknown', [1500]),
  ]) {
    expect(ledger.report(NEVER).violations).toEqual([]);
  }
});

it.each<[string, EditOutcome, readonly number[]]>([
  ['acknowledged and not done', 'acknowledged', []],
  ['acknowledged and done later', 'acknowledged', [3000]],
  ['refused and done', 'rejected', [1500]],
  ['not known and done later', 'unknown', [2500]],
  ['done twice', 'unknown', [1500, 1600]],
])('[TE3] %s is a violation', (_, kind, confirmedAt) => {
  expect(ledgerOf(kind, confirmedAt).report(NEVER).violations).toHaveLength(1);
});

it('[TE3] what the network held up may be done until it lets go, and is counted', () => {
  expect(ledgerOf('unknown', [3000]).report(HELD_UP)).toMatchObject({ violations: [], delayed: 1 });
  expect(ledgerOf('unknown', [5000]).report(HELD_UP).violations).toHaveLength(1);
  expect(ledgerOf('rejected', [3000]).report(HELD_UP).violations).not.toEqual([]);
});

it('[TE3] what was acknowledged while Asterisk could not be heard is counted, and nothing is said of it', () => {
  const unobserved = [{ from: 1900, to: 3000 }];
  expect(ledgerOf('acknowledged', []).report({ delayed: [], unobserved })).toMatchObject({
    violations: [],
    unobserved: 1,
  });
});
