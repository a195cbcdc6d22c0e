import { expect, it } from 'vitest';
import { FAULT_TYPES, FAULT_KINDS, makePlan } from './plan.ts';

const TEN_MINUTES = 600_000;
const plans = Array.from({ length: 20 }, (_, seed) => makePlan({ seed, ms: TEN_MINUTES, pbxs: 1 }));

it('[TE3] the same seed makes the same plan, another one another', () => {
  expect(makePlan({ seed: 7, ms: TEN_MINUTES, pbxs: 1 })).toEqual(plans[7]);
  expect(plans[8]).not.toEqual(plans[7]);
});

it('[TE3] each kind of fault comes once before any comes again', () => {
  for (const { faults } of plans) {
    const first = faults.slice(0, FAULT_KINDS.length).map(({ kind }) => kind);
    expect(new Set(first)).toEqual(new Set(FAULT_KINDS));
  }
});

it('[TE3] some faults overlap, of different victims, and there is calm in between', () => {
  const pairs = plans.flatMap(({ faults }) =>
    faults.map((fault, index) => [fault, faults[index + 1]] as const),
  );
  const overlapping = pairs.filter(
    ([fault, next]) => next !== undefined && next.startAtMs < fault.startAtMs + fault.durationMs,
  );
  expect(overlapping.length).toBeGreaterThan(pairs.length / 20);
  expect(overlapping.length).toBeLessThan(pairs.length / 3);
  for (const [fault, next] of overlapping)
    expect(next && FAULT_TYPES[next.kind].target).not.toBe(FAULT_TYPES[fault.kind].target);
});

it('[TE8] each of two PBXs has each kind of fault of its own, and what they share fails for both', () => {
  const { faults, actions } = makePlan({ seed: 3, ms: TEN_MINUTES, pbxs: 2 });
  const kindsOf = (pbx: number | null) =>
    new Set(faults.filter((fault) => fault.pbx === pbx).map(({ kind }) => kind));
  expect(kindsOf(0)).toEqual(kindsOf(1));
  expect([...kindsOf(0)].filter((kind) => kindsOf(null).has(kind))).toEqual([]);
  expect(new Set([...kindsOf(0), ...kindsOf(null)])).toEqual(new Set(FAULT_KINDS));
  const once = faults.slice(0, 2 * kindsOf(0).size + kindsOf(null).size);
  expect(new Set(once.map(({ kind, pbx }) => `${kind} ${pbx}`)).size).toBe(once.length);
  expect(actions.map(({ length }) => length > 1000)).toEqual([true, true]);
});
