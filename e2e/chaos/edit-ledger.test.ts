import { expect, it } from 'vitest';
import { type Answer, createEditLedger } from './edit-ledger.ts';

const HELD_UP = { heldUp: [{ from: 900, to: 4000 }], unheard: [] };
const NEVER = { heldUp: [], unheard: [] };

/** An edit sent at 1000 and answered at 2000. */
function ledgerOf(kind: Answer, toldAt: readonly number[]) {
  const ledger = createEditLedger();
  ledger.sent('e1', 1000);
  ledger.answered('e1', 2000, kind, kind);
  toldAt.forEach((at) => ledger.told('e1', at));
  return ledger;
}

it('[TE3] what is acknowledged and done once, refused and not done, or not known and not done later is sound', () => {
  for (const ledger of [
    ledgerOf('acknowledged', [1500]),
    ledgerOf('acknowledged', [2500]),
    ledgerOf('refused', []),
    ledgerOf('not known', []),
    ledgerOf('not known', [1500]),
  ]) {
    expect(ledger.report(NEVER).violations).toEqual([]);
  }
});

it.each<[string, Answer, readonly number[]]>([
  ['acknowledged and not done', 'acknowledged', []],
  ['acknowledged and done later', 'acknowledged', [3000]],
  ['refused and done', 'refused', [1500]],
  ['not known and done later', 'not known', [2500]],
  ['done twice', 'not known', [1500, 1600]],
])('[TE3] %s is a violation', (_, kind, toldAt) => {
  expect(ledgerOf(kind, toldAt).report(NEVER).violations).toHaveLength(1);
});

it('[TE3] what the network held up may be done until it lets go, and is counted', () => {
  expect(ledgerOf('not known', [3000]).report(HELD_UP)).toMatchObject({ violations: [], heldUp: 1 });
  expect(ledgerOf('not known', [5000]).report(HELD_UP).violations).toHaveLength(1);
  expect(ledgerOf('refused', [3000]).report(HELD_UP).violations).not.toEqual([]);
});

it('[TE3] what was acknowledged while Asterisk could not be heard is counted, and nothing is said of it', () => {
  const unheard = [{ from: 1900, to: 3000 }];
  expect(ledgerOf('acknowledged', []).report({ heldUp: [], unheard })).toMatchObject({
    violations: [],
    unheard: 1,
  });
});
