import { NO_SIGHT } from '@lampboard/model';
import { type Call, type CallParty, ONLY_PBX } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createFakeBoard } from '../board/testing/fake-board.ts';
import { renamePbx } from '../platform/store/pbx-ids.ts';
import { createCallLog, createCallLogCommands } from './call-log.ts';

const DAY_MS = 86_400_000;
const ID = '1101@default';
const BRUNO: CallParty = { number: '1102', name: 'Bruno', extension: '1102@default' };
const CUSTOMER: CallParty = { number: '+4930123', name: 'Customer' };

function open({ retentionMs = 7 * DAY_MS } = {}) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const auth = openTestAuth();
  const { clock, writer } = auth;
  const { db } = auth.store;
  clock.now = 100 * DAY_MS;
  const T = clock.now;
  const now = () => clock.now;
  function start(ms = retentionMs) {
    const callLog = createCallLog({ db, writer, now, retentionNow: now, retentionMs: ms });
    const board = createFakeBoard();
    const record = () => callLog.record({ board, pbxIds: [ONLY_PBX], mayWrite: () => true });
    const stopRecording = record();
    onTestFinished(stopRecording);
    return { callLog, board, record, stopRecording };
  }
  const { callLog, board, record, stopRecording } = start();
  const base: Call = {
    id: '1.1',
    extensions: [ID],
    state: 'ringing',
    incoming: true,
    since: T,
    party: CUSTOMER,
  };
  return {
    ...auth,
    T,
    callLog,
    start,
    record,
    stopRecording,
    /** Shows a call of 1101 so after some milliseconds. */
    show(afterMs: number, call: Partial<Call>) {
      clock.now += afterMs;
      board.change({ table: 'calls', op: 'put', row: { ...base, ...call } });
    },
    end(afterMs: number, id = '1.1') {
      clock.now += afterMs;
      board.change({ table: 'calls', op: 'remove', id });
    },
    list: (id = ID, since = 0) =>
      callLog.list([id], since).map(({ startedAt, answeredAt, endedAt, ...rest }) => ({
        times: [startedAt, answeredAt, endedAt].map((time) => time && time - T),
        ...rest,
      })),
  };
}

it('[HI8] an answered call is stored when it ends: with whom, direction and times', () => {
  const { show, end, list, T } = open();
  show(0, {});
  show(4000, { state: 'talking', since: T + 4000 });
  show(1000, { state: 'held', since: T + 4000 });
  expect(list()).toEqual([]);
  end(60_000);
  expect(list()).toEqual([{ times: [0, 4000, 65_000], incoming: true, party: CUSTOMER }]);
});

it('[HI8] a call that was not answered has no answer, one without a number no party', () => {
  const { show, end, list } = open();
  show(0, { party: null });
  end(9000);
  expect(list()).toEqual([{ times: [0, null, 9000], incoming: true, party: null }]);
});

it('[HI8] a call whose party was dialled as a group is one with who answered', () => {
  const { show, end, list, T } = open();
  show(0, { state: 'dialling', incoming: false, party: { number: '300', name: '' } });
  show(3000, { state: 'talking', incoming: false, since: T + 3000, party: BRUNO });
  end(1000);
  expect(list()).toEqual([{ times: [0, 3000, 4000], incoming: false, party: BRUNO }]);
});

it('[HI8] a call that is passed on is one with each party, the newest first', () => {
  const { show, end, list, T } = open();
  show(0, { state: 'talking' });
  show(5000, { state: 'talking', since: T + 5000, party: BRUNO });
  end(2000);
  expect(list()).toEqual([
    { times: [5000, 5000, 7000], incoming: true, party: BRUNO },
    { times: [0, 0, 5000], incoming: true, party: CUSTOMER },
  ]);
});

it('[HI8] of several gateways the next leader stores a call that the previous one has seen begin', () => {
  const { show, end, list, record, stopRecording } = open();
  show(0, { state: 'talking' });
  stopRecording();
  onTestFinished(record());
  end(5000);
  expect(list()).toEqual([{ times: [0, 0, 5000], incoming: true, party: CUSTOMER }]);
});

it('[HI8] lines that call nobody, and outside lines, are not stored', () => {
  const { show, end, list, store } = open();
  show(0, { state: 'voicemail', incoming: false, party: null });
  end(1000);
  show(0, { id: '1.2', extensions: [], self: CUSTOMER, party: BRUNO });
  end(1000, '1.2');
  expect(list()).toEqual([]);
  expect(store.db.prepare('SELECT * FROM past_calls').all()).toEqual([]);
});

it('[HI8] calls are removed after the retention time, and all of them where none are kept', () => {
  const { show, end, list, clock, start, store } = open();
  show(0, {});
  end(1000);
  clock.now += 6 * DAY_MS;
  show(0, { id: '1.2', since: clock.now });
  end(1000, '1.2');
  clock.now += DAY_MS;
  expect(list()).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  const rows = () => store.db.prepare('SELECT * FROM past_calls').all().length;
  expect(rows()).toBe(1);
  const { board, callLog } = start(0);
  expect(rows()).toBe(0);
  const call: Call = { id: '1.3', extensions: [ID], state: 'ringing', incoming: true, since: 0, party: null };
  board.change({ table: 'calls', op: 'put', row: call });
  board.change({ table: 'calls', op: 'remove', id: '1.3' });
  expect(rows()).toBe(0);
  expect(callLog.retentionDays).toBe(0);
});

it('[HI8] another name of the PBX keeps its past calls and who they were with', () => {
  const { show, end, list, store } = open();
  show(0, { party: BRUNO });
  end(1000);
  renamePbx(store.db, ONLY_PBX, 'berlin');
  expect(list(`berlin/${ID}`)).toMatchObject([{ party: { ...BRUNO, extension: 'berlin/1102@default' } }]);
});

it('[HI9] an account sees past calls since the extension is its own, without a party that it may not see', async () => {
  const { show, end, callLog, T, clock, addAccount, createSession, sessions } = open();
  show(0, { party: BRUNO });
  end(1000);
  clock.now += 1000;
  addAccount('josh', { extensions: [ID] });
  addAccount('rita', { role: 'receptionist' });
  addAccount('ada', { role: 'admin' });
  show(1000, { id: '1.2', since: T + 3000, party: BRUNO });
  end(1000, '1.2');
  show(0, { id: '1.3', since: T + 4000, party: CUSTOMER });
  end(1000, '1.3');
  const commands = createCallLogCommands({
    callLog,
    aliasesOf: () => [],
    sightOf: ({ role }) => (role === 'admin' ? null : NO_SIGHT),
  });
  function partiesSeenBy(name: string) {
    const session = sessions.resolve(createSession(name));
    if (session === null) throw new Error('no session');
    const { value } = commands['list-calls']({ id: ID }, session);
    return value.calls.map(({ party }) => party);
  }
  expect(partiesSeenBy('ada')).toEqual([CUSTOMER, BRUNO, BRUNO]);
  expect(partiesSeenBy('josh')).toEqual([CUSTOMER, { number: '1102', name: 'Bruno' }]);
  const hidden = { number: '', name: '' };
  expect(partiesSeenBy('rita')).toEqual([CUSTOMER, hidden, hidden]);
});
