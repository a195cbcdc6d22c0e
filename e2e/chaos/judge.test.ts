import { expect, it } from 'vitest';
import { type Edge, type Verdict, createJudge } from './judge.ts';
import { type Shown, factsOf } from './shown.ts';

const shown = (lamp: string, state: string): Shown =>
  new Map(factsOf('1101@default', { lamp, state, message: '' }));
const lamp = (lamp: string): Shown => shown(lamp, 'away');
const IDLE = lamp('idle');
const RINGING = lamp('ringing');

/** A board that is looked at every 10 ms, and what Asterisk said around each look; moments in milliseconds. */
function judgeOf(
  looks: { from: number; to: number; shown: Shown | null; truths: (Shown | null)[] }[],
  edges: Edge[] = [],
  lag = 0,
) {
  const judge = createJudge({ lag: () => lag });
  edges.forEach(judge.edge);
  for (const { from, to, shown, truths } of looks) {
    for (let at = from; at < to; at += 10) {
      const around = truths.map((truth) => ({ askedAt: at, answeredAt: at, shown: truth }));
      judge.look({ board: 'one', isPage: false, from: at, to: at, shown, truths: around });
    }
  }
  return judge.close(looks.at(-1)?.to ?? 0);
}

const fault = (at: number, isBegin: boolean, board: string | null = null): Edge => ({
  at,
  isBegin,
  board,
  fault: 'link dropped',
});
const wrong = (from: number, to: number) => ({ from, to, shown: IDLE, truths: [RINGING, RINGING] });
const right = (from: number, to: number) => ({ from, to, shown: RINGING, truths: [RINGING, RINGING] });

const isEachViolation = ({ moments }: Verdict) =>
  moments.length > 0 && moments.every(({ isViolation }) => isViolation);

it('[TE3] a board that is behind for a moment is no violation, one that stays behind is', () => {
  expect(judgeOf([wrong(5000, 5200), right(5200, 5210)]).moments).toMatchObject([
    { ms: 200, isViolation: false },
  ]);
  expect(judgeOf([wrong(5000, 6600), right(6600, 6610)]).moments).toMatchObject([
    { ms: 1600, isViolation: true },
  ]);
  expect(judgeOf([wrong(5000, 6600)]).moments).toMatchObject([{ ms: 1600, isViolation: true }]);
});

it('[TE3] the two seconds start again when a fault gets worse, such as a restarting Asterisk that shuts down', () => {
  const edges = [fault(5000, true), fault(5900, false), fault(5900, true)];
  const wrongUntil = (to: number) => judgeOf([wrong(6000, to), right(to, to + 10)], edges).moments;
  expect(wrongUntil(7800)).toMatchObject([{ isViolation: false }]);
  expect(wrongUntil(8000)).toMatchObject([{ isViolation: true }]);
});

it('[TE3] after a fault has begun or ended it has two seconds, and no more', () => {
  const edges = [fault(5000, true), fault(9000, false)];
  expect(judgeOf([wrong(5000, 6900), right(6900, 6910)], edges).moments).toMatchObject([
    { isViolation: false },
  ]);
  expect(judgeOf([wrong(9000, 10_900), right(10_900, 10_910)], edges).moments).toMatchObject([
    { isViolation: false },
  ]);
  expect(judgeOf([wrong(5000, 7500), right(7500, 7510)], edges).moments).toMatchObject([
    { isViolation: true },
  ]);
  expect(judgeOf([wrong(5000, 9100), right(9100, 9110)], edges).moments).toMatchObject([
    { isViolation: true },
  ]);
  const elsewhere = [fault(5000, true, 'two'), fault(5000, false, 'two')];
  expect(judgeOf([wrong(5000, 6500), right(6500, 6510)], elsewhere).moments).toMatchObject([
    { isViolation: true },
  ]);
});

it('[TE3] what does not say live, and what was so in between, is not wrong', () => {
  expect(judgeOf([{ ...wrong(5000, 9000), shown: null }]).moments).toEqual([]);
  expect(judgeOf([{ ...wrong(5000, 9000), truths: [RINGING, IDLE, RINGING] }]).moments).toEqual([]);
});

it('[TE3] a board that says live while there is no Asterisk is wrong, and so are extensions too many or missing', () => {
  for (const truths of [
    [null, null],
    [new Map(), new Map()],
  ]) {
    expect(isEachViolation(judgeOf([{ ...wrong(5000, 6500), truths }]))).toBe(true);
  }
  expect(isEachViolation(judgeOf([{ ...wrong(5000, 6500), shown: new Map() }]))).toBe(true);
});

it('[TE3] tells how long after the last fault a board was not live', () => {
  const edges = [fault(1000, true), fault(2000, false)];
  expect(judgeOf([{ ...wrong(2000, 4000), shown: null }, right(4000, 4010)], edges).notLiveMs).toBe(1990);
});

it('[TE3] on a slow link, a board may be behind by what the link holds up, three times over', () => {
  expect(judgeOf([wrong(5000, 6900), right(6900, 6910)], [], 400).moments).toMatchObject([
    { isViolation: false },
  ]);
  expect(judgeOf([wrong(5000, 7300), right(7300, 7310)], [], 400).moments).toMatchObject([
    { isViolation: true },
  ]);
});

it('[TE3] on a slow link, the allowance applies to each change separately', () => {
  const [INUSE, lag] = [lamp('in-use'), 900];
  const states = Array.from({ length: 20 }, (_, index) => [IDLE, RINGING, INUSE][index % 3] ?? IDLE);
  const late = states.slice(1).map((real, index) => ({
    from: 5000 + index * lag,
    to: 5000 + (index + 1) * lag,
    shown: states[index] ?? IDLE,
    truths: [real, real],
  }));
  expect(judgeOf(late, [], lag).moments.filter(({ isViolation }) => isViolation)).toEqual([]);
});

it('[TE3] a lamp that stays wrong is a violation even while the presence changes', () => {
  const look = (index: number, lamp: string) => ({
    from: 5000 + index * 500,
    to: 5500 + index * 500,
    shown: shown('idle', ['away', 'dnd'][index % 2] ?? ''),
    truths: [shown(lamp, 'chat'), shown(lamp, 'chat')],
  });
  const looks = [look(0, 'ringing'), look(1, 'in-use'), look(2, 'ringing')];
  expect(judgeOf(looks).moments.filter(({ isViolation }) => isViolation)).toMatchObject([
    { what: '1101@default lamp shows idle where Asterisk has ringing', ms: 1500 },
  ]);
});
