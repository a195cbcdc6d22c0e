import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Delta, ONLY_PBX } from '@lampboard/protocol';
import { applyDelta, type Board, boardFromSnapshot, toSnapshot } from './sync/board.ts';
import type { Fact } from './reduce.ts';
import { advance } from './testing/advance.ts';
import { testPbx } from './testing/test-extension.ts';

const EXTENS = ['1', '2', '3', '4'];
const exten = fc.constantFrom(...EXTENS);
const status = fc.constantFrom(-1, 0, 1, 2, 4, 8, 9, 16, 17);
const presence = fc.record({
  state: fc.constantFrom('available', 'away', 'not_set' as const),
  subtype: fc.constantFrom('', 'Lunch'),
  message: fc.string({ maxLength: 3 }),
});
const provider = exten.map((name) => `CustomPresence:${name}`);
const entry = fc.record({
  kind: fc.constantFrom('person', 'room' as const),
  exten,
  context: fc.constantFrom('default', 'sales'),
  hint: fc.oneof(
    provider.map((name) => `PJSIP/1,${name}`),
    fc.constant('PJSIP/1'),
  ),
  status,
});
const person = fc.record({
  name: fc.constantFrom('Ada', 'Bo'),
  department: fc.constant(''),
  email: fc.constant(''),
  mobile: fc.constant(''),
});
const id = exten.map((e) => `${e}@default`);
const fullList = fc.record({
  kind: fc.constant('full-list' as const),
  entries: fc.array(entry, { maxLength: 6 }),
  presences: fc.array(fc.tuple(provider, presence)).map((entries) => new Map(entries)),
  updatedDuringList: fc.array(provider, { maxLength: 1 }).map((names) => new Set(names)),
});
const link = fc.record({
  state: fc.constant('down' as const),
  since: fc.nat(9),
  reason: fc.constantFrom('unresponsive', 'booting'),
});
const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('status' as const), id, status }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('presence' as const), provider, presence }) },
  { weight: 2, arbitrary: fullList },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('person' as const), id, person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('link' as const), link }) },
);

const fate = fc.constantFrom('arrives', 'arrives', 'arrives', 'lost', 'twice', 'late');
const step = fc.record({ facts: fc.array(fact, { minLength: 1, maxLength: 4 }), newEpoch: fc.nat(9), fate });

function start(epoch: string): Board {
  return {
    epoch,
    seq: 0,
    pbxs: new Map([[ONLY_PBX, testPbx()]]),
    extensions: new Map(),
    calls: new Map(),
  };
}

it('[SY3] any order and loss of deltas ends in the same board or asks for a snapshot, never in a wrong board', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const history = new Map<string, Board>();
      const sent: { delta: Delta; fate: string }[] = [];
      let board = start('e0');
      const record = () => history.set(`${board.epoch} ${board.seq}`, board);
      record();
      for (const [index, { facts, newEpoch, fate }] of steps.entries()) {
        if (newEpoch === 0) {
          board = start(`e${index + 1}`);
          record();
        }
        const next = advance(board, facts, index);
        board = next.board;
        record();
        const { epoch, seq } = board;
        if (next.changes.length > 0) sent.push({ delta: { epoch, seq, changes: next.changes }, fate });
      }
      // After one more change that does arrive, the copy equals the board.
      const last = advance(board, [{ kind: 'link', link: { state: 'live' } }], 0);
      board = last.board;
      record();
      const { epoch, seq } = board;
      const arriving = [
        ...sent.flatMap(({ fate, delta }) =>
          fate === 'twice' ? [delta, delta] : fate === 'arrives' ? [delta] : [],
        ),
        ...sent.filter(({ fate }) => fate === 'late').map(({ delta }) => delta),
        { epoch, seq, changes: last.changes },
      ];

      let copy: Board = boardFromSnapshot(toSnapshot(start('e0'), 0));
      for (const delta of arriving) {
        const applied = applyDelta(copy, delta);
        if (applied.kind === 'gap') copy = boardFromSnapshot(toSnapshot(board, 0));
        if (applied.kind === 'applied') copy = applied.board;
        expect(copy).toEqual(history.get(`${copy.epoch} ${copy.seq}`));
      }
      expect(copy).toEqual(board);
    }),
    { numRuns: 500 },
  );
});
