import { type Board, applyDelta, boardFromSnapshot } from '@lampboard/model';
import { testPbx } from '@lampboard/model/testing';
import { type Call, type Change, type Extension, ONLY_PBX, type Pbx, extensionId } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createExtension } from '../board/testing/fake-board.ts';
import { createReplica } from './replica.ts';

/** A replica of these PBXs, and a client of it. */
function open(...ids: readonly string[]) {
  let now = 1000;
  const replica = createReplica({ pbxs: ids.map((id) => testPbx(id)), now: () => now });
  let client: Board = boardFromSnapshot(replica.board.snapshot());
  replica.board.subscribe({
    onSnapshot: (snapshot) => (client = boardFromSnapshot(snapshot)),
    onDelta(delta) {
      const applied = applyDelta(client, delta);
      if (applied.kind !== 'applied') throw new Error(applied.kind);
      client = applied.board;
    },
  });

  /** The part of one PBX, which has the extension 1101. */
  function partOf(id: string) {
    const extension = { ...createExtension('1101', 'idle'), id: extensionId('1101', 'default', id) };
    const part = replica.part(testPbx(id));
    const change = (fields: Partial<Extension>): Change => ({
      table: 'extensions',
      op: 'patch',
      id: extension.id,
      fields,
    });
    return {
      ...part,
      snapshot: (epoch: string, link: Pbx['link'] = { state: 'live' }) =>
        part.applySnapshot({
          epoch,
          seq: 0,
          time: 0,
          pbxs: [testPbx(id, { link })],
          extensions: [extension],
          calls: [],
        }),
      delta: (epoch: string, seq: number, lamp: 'busy' | 'ringing') =>
        part.applyDelta({ epoch, seq, changes: [change({ lamp })] }),
      live: (epoch: string, seq: number) =>
        part.applyDelta({
          epoch,
          seq,
          changes: [{ table: 'pbxs', op: 'patch', id, fields: { link: { state: 'live' } } }],
        }),
      shown: () => ({
        link: client.pbxs.get(id)?.link,
        lamp: client.extensions.get(extension.id)?.lamp,
      }),
    };
  }
  return { partOf, board: replica.board, client: () => client, setTime: (ms: number) => void (now = ms) };
}

it('[SG1] clients follow the leader’s board', () => {
  const { snapshot, setDegraded, delta, shown } = open(ONLY_PBX).partOf(ONLY_PBX);
  snapshot('a');
  setDegraded(null);
  expect(delta('a', 1, 'busy')).toBe(true);
  expect(shown()).toEqual({ link: { state: 'live' }, lamp: 'busy' });
  expect(delta('a', 3, 'ringing')).toBe(false);
  expect(delta('b', 2, 'ringing')).toBe(false);
  expect(delta('a', 1, 'ringing')).toBe(true);
  expect(shown().lamp).toBe('busy');
});

it('[SG3] nothing is live without a current leader; an outage keeps the time of its beginning', () => {
  const { partOf, setTime } = open(ONLY_PBX);
  const { snapshot, setDegraded, delta, live, shown } = partOf(ONLY_PBX);
  expect(shown().link).toEqual({ state: 'down', since: 1000, reason: 'connecting' });
  snapshot('a');
  expect(shown().link).toMatchObject({ state: 'down' });
  setDegraded(null);
  expect(shown().link).toEqual({ state: 'live' });
  setTime(2000);
  setDegraded('no-leader');
  setTime(3000);
  delta('a', 1, 'busy');
  live('a', 2);
  expect(shown()).toEqual({ link: { state: 'down', since: 2000, reason: 'no-leader' }, lamp: 'busy' });
  snapshot('b', { state: 'down', since: 2900, reason: 'syncing' });
  setDegraded(null);
  expect(shown().link).toEqual({ state: 'down', since: 2000, reason: 'syncing' });
  live('b', 1);
  expect(shown().link).toEqual({ state: 'live' });
});

it('[CL14] calls are as last known without a current leader, and while the next one has not listed them', () => {
  const { partOf, client, setTime } = open(ONLY_PBX);
  const part = partOf(ONLY_PBX);
  const callsLink = () => client().pbxs.get(ONLY_PBX)?.callsLink;
  const snapshot = (epoch: string, link: Pbx['link']) => {
    const pbxs = [testPbx(ONLY_PBX, { callsLink: link })];
    part.applySnapshot({ epoch, seq: 0, time: 0, pbxs, extensions: [], calls: [] });
  };
  snapshot('a', { state: 'live' });
  part.setDegraded(null);
  expect(callsLink()).toEqual({ state: 'live' });
  setTime(2000);
  part.setDegraded('no-leader');
  expect(callsLink()).toEqual({ state: 'down', since: 2000, reason: 'no-leader' });
  snapshot('b', { state: 'down', since: 2900, reason: 'connecting' });
  part.setDegraded(null);
  expect(callsLink()).toEqual({ state: 'down', since: 2000, reason: 'connecting' });
});

it('[PB11] copies of several leaders make one board, and what happens to one leaves the others alone', () => {
  const { partOf, board, client, setTime } = open('berlin', 'paris');
  const [berlin, paris] = [partOf('berlin'), partOf('paris')];
  for (const { snapshot, setDegraded } of [berlin, paris]) {
    snapshot('a');
    setDegraded(null);
  }
  expect(berlin.delta('a', 1, 'busy')).toBe(true);
  expect(paris.delta('a', 1, 'ringing')).toBe(true);
  setTime(2000);
  paris.setDegraded('no-leader');
  expect(berlin.delta('a', 2, 'ringing')).toBe(true);
  expect(paris.shown()).toEqual({
    link: { state: 'down', since: 2000, reason: 'no-leader' },
    lamp: 'ringing',
  });
  expect(berlin.shown()).toEqual({ link: { state: 'live' }, lamp: 'ringing' });
  paris.snapshot('b');
  paris.setDegraded(null);
  expect(paris.shown()).toEqual({ link: { state: 'live' }, lamp: 'idle' });
  expect(berlin.shown()).toEqual({ link: { state: 'live' }, lamp: 'ringing' });
  expect(berlin.delta('a', 3, 'busy')).toBe(true);
  expect([...berlin.lastKnown().extensions.keys()]).toEqual(['berlin/1101@default']);
  expect(client()).toEqual(board.current());
});

it('[CV9] calls and the state of their link reach clients of a follower, and those of another PBX stay', () => {
  const { partOf, client } = open('berlin', 'paris');
  const [berlin, paris] = [partOf('berlin'), partOf('paris')];
  const call = (id: string): Call => ({
    id,
    extensions: [],
    state: 'waiting',
    incoming: true,
    since: 0,
    party: null,
  });
  const put = (id: string): Change => ({ table: 'calls', op: 'put', row: call(id) });
  const callsLink = { state: 'down', since: 1000, reason: 'login-refused' } as const;
  berlin.snapshot('a');
  paris.applySnapshot({
    epoch: 'a',
    seq: 0,
    time: 0,
    pbxs: [testPbx('paris', { callsLink })],
    extensions: [],
    calls: [call('paris/1')],
  });
  for (const part of [berlin, paris]) part.setDegraded(null);
  berlin.applyDelta({ epoch: 'a', seq: 1, changes: [put('berlin/1')] });
  paris.applyDelta({ epoch: 'a', seq: 1, changes: [put('paris/2')] });
  expect([...client().calls.keys()].toSorted()).toEqual(['berlin/1', 'paris/1', 'paris/2']);
  expect(client().pbxs.get('paris')?.callsLink).toEqual(callsLink);
  expect([...paris.lastKnown().calls.keys()]).toEqual(['paris/1', 'paris/2']);
  paris.snapshot('b');
  expect([...client().calls.keys()]).toEqual(['berlin/1']);
  expect(client().pbxs.get('paris')?.callsLink).toBeUndefined();
});
