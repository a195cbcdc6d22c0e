import { expect, it } from 'vitest';
import { CALL_FACT } from './call-facts.ts';
import { type FaultBoundary, type CheckResult, createConsistencyChecker } from './consistency-checker.ts';
import { type BoardSnapshot, factsOf } from './snapshot-diff.ts';

const snapshot = (lamp: string, state: string): BoardSnapshot =>
  new Map(factsOf('1101@default', lamp, state, ''));
const lamp = (lamp: string): BoardSnapshot => snapshot(lamp, 'away');
const IDLE = lamp('idle');
const RINGING = lamp('ringing');

/** Observes a client every 10 ms between `from` and `to`. */
function checkerOf(
  observations: {
    from: number;
    to: number;
    snapshot: BoardSnapshot | null;
    truths: (BoardSnapshot | null)[];
  }[],
  edges: FaultBoundary[] = [],
  lag = 0,
) {
  const checker = createConsistencyChecker(() => lag);
  edges.forEach(checker.faultBoundary);
  for (const { from, to, snapshot, truths } of observations) {
    for (let timestamp = from; timestamp < to; timestamp += 10) {
      const times = { requestedAt: timestamp, respondedAt: timestamp };
      const oracleStates = truths.map((truth) => ({ ...times, snapshot: truth }));
      const read = { client: 'one', isPage: false, from: timestamp, to: timestamp };
      checker.observe({ ...read, snapshot, oracleStates });
    }
  }
  return checker.close(observations.at(-1)?.to ?? 0);
}

const boundaryOf = (timestamp: number, isStart: boolean, client: string | null = null): FaultBoundary => {
  return { timestamp, isStart, client, fault: 'link dropped' };
};
const wrong = (from: number, to: number) => ({ from, to, snapshot: IDLE, truths: [RINGING, RINGING] });
const right = (from: number, to: number) => ({ from, to, snapshot: RINGING, truths: [RINGING, RINGING] });

/** Violations of a board that is wrong between two moments. */
const wrongBetween = (from: number, to: number, edges: FaultBoundary[] = [], lag = 0) =>
  checkerOf([wrong(from, to), right(to, to + 10)], edges, lag).violations;
const PERMITTED = [{ isViolation: false }];
const VIOLATION = [{ isViolation: true }];

const isEachViolation = ({ violations }: CheckResult) =>
  violations.length > 0 && violations.every(({ isViolation }) => isViolation);

it('[TE3] a board that is behind for a moment is no violation, one that stays behind is', () => {
  expect(wrongBetween(5000, 5200)).toMatchObject([{ ms: 200, isViolation: false }]);
  expect(wrongBetween(5000, 6600)).toMatchObject([{ ms: 1600, isViolation: true }]);
  expect(checkerOf([wrong(5000, 6600)]).violations).toMatchObject([{ ms: 1600, isViolation: true }]);
});

it('[TE3] [CM13] a call may be behind for two seconds, after a change as after a fault', () => {
  const call = (value: string): BoardSnapshot => new Map([[`${CALL_FACT}1.1`, value]]);
  const late = { from: 5000, snapshot: call('dialling'), truths: [call('talks')] };
  expect(checkerOf([{ ...late, to: 6900 }]).violations).toMatchObject(PERMITTED);
  expect(checkerOf([{ ...late, to: 7100 }]).violations).toMatchObject(VIOLATION);
});

it('[TE3] the two seconds start again when a fault gets worse, such as a restarting Asterisk that shuts down', () => {
  const edges = [boundaryOf(5000, true), boundaryOf(5900, false), boundaryOf(5900, true)];
  expect(wrongBetween(6000, 7800, edges)).toMatchObject(PERMITTED);
  expect(wrongBetween(6000, 8000, edges)).toMatchObject(VIOLATION);
});

it('[TE3] after a fault has begun or ended it has two seconds, and no more', () => {
  const edges = [boundaryOf(5000, true), boundaryOf(9000, false)];
  expect(wrongBetween(5000, 6900, edges)).toMatchObject(PERMITTED);
  expect(wrongBetween(9000, 10_900, edges)).toMatchObject(PERMITTED);
  expect(wrongBetween(5000, 7500, edges)).toMatchObject(VIOLATION);
  expect(wrongBetween(5000, 9100, edges)).toMatchObject(VIOLATION);
  const elsewhere = [boundaryOf(5000, true, 'two'), boundaryOf(5000, false, 'two')];
  expect(wrongBetween(5000, 6500, elsewhere)).toMatchObject(VIOLATION);
});

it('[TE3] what does not say live, and what was so in between, is not wrong', () => {
  expect(checkerOf([{ ...wrong(5000, 9000), snapshot: null }]).violations).toEqual([]);
  expect(checkerOf([{ ...wrong(5000, 9000), truths: [RINGING, IDLE, RINGING] }]).violations).toEqual([]);
});

it('[TE3] a board that says live while there is no Asterisk is wrong, and so are extensions too many or missing', () => {
  for (const truth of [null, new Map()])
    expect(isEachViolation(checkerOf([{ ...wrong(5000, 6500), truths: [truth, truth] }]))).toBe(true);
  expect(isEachViolation(checkerOf([{ ...wrong(5000, 6500), snapshot: new Map() }]))).toBe(true);
});

it('[TE3] tells how long after the last fault a board was not live', () => {
  const edges = [boundaryOf(1000, true), boundaryOf(2000, false)];
  const { recovery } = checkerOf([{ ...wrong(2000, 4000), snapshot: null }, right(4000, 4010)], edges);
  expect(recovery).toEqual({ ms: 1990, client: 'one' });
});

it('[TE3] on a slow link, a board may be behind by what the link holds up, three times over', () => {
  expect(wrongBetween(5000, 6900, [], 400)).toMatchObject(PERMITTED);
  expect(wrongBetween(5000, 7300, [], 400)).toMatchObject(VIOLATION);
});

it('[TE3] on a slow link, the allowance applies to each change separately', () => {
  const [INUSE, lag] = [lamp('in-use'), 900];
  const states = Array.from({ length: 20 }, (_, index) => [IDLE, RINGING, INUSE][index % 3] ?? IDLE);
  const late = states.slice(1).map((real, index) => ({
    from: 5000 + index * lag,
    to: 5000 + (index + 1) * lag,
    snapshot: states[index] ?? IDLE,
    truths: [real, real],
  }));
  expect(checkerOf(late, [], lag).violations.filter(({ isViolation }) => isViolation)).toEqual([]);
});

it('[TE3] a lamp that stays wrong is a violation even while the presence changes', () => {
  const observationOf = (index: number, lamp: string) => ({
    from: 5000 + index * 500,
    to: 5500 + index * 500,
    snapshot: snapshot('idle', ['away', 'dnd'][index % 2] ?? ''),
    truths: [snapshot(lamp, 'chat'), snapshot(lamp, 'chat')],
  });
  const observations = [observationOf(0, 'ringing'), observationOf(1, 'in-use'), observationOf(2, 'ringing')];
  expect(checkerOf(observations).violations.filter(({ isViolation }) => isViolation)).toMatchObject([
    { what: '1101@default lamp shows idle where Asterisk has ringing', ms: 1500 },
  ]);
});

it('[TE8] a live board that stops being live is a violation, but for five seconds after a fault', () => {
  const outagesAfter = (ms: number) => {
    const edges = [boundaryOf(5000, true), boundaryOf(5100, false)];
    const down = { from: 5100 + ms, to: 5300 + ms, snapshot: null, truths: [RINGING] };
    return checkerOf([right(4000, 5100 + ms), down, right(5300 + ms, 5400 + ms)], edges).outages;
  };
  expect(outagesAfter(4900)).toEqual([]);
  expect(outagesAfter(5200)).toEqual([{ client: 'one', from: 10_300 }]);
});
