import { type Call, NO_LIMITS } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Account, BERN, EXTENS, WAIT, boardOf, listOf, serveBoard } from './testing/serve-board.ts';

vi.setConfig({ testTimeout: 60_000 });
const SALES = { ...NO_LIMITS, contexts: ['sales'], pbxs: ['bern'] };

const callWith = (id: string, fields: Partial<Call> = {}): Call => ({
  id,
  extensions: ['bern/1101@sales'],
  state: 'talking',
  incoming: true,
  since: 0,
  party: null,
  ...fields,
});
const callIds = (messages: readonly unknown[]) => [...boardOf(messages).calls.keys()].toSorted();

it('[CV1] [CV7] a change of role or of assigned extensions is followed by the calls that then are visible', async () => {
  const { board, open } = await serveBoard('nothing');
  const user: Account = { role: 'user', extensions: ['bern/1101@sales'] };
  const { messages, become } = await open(user);
  const others = { extensions: ['bern/1102@sales'] };
  board.apply('bern', [{ kind: 'calls', calls: [callWith('bern/1'), callWith('bern/2', others)] }]);
  await vi.waitFor(() => expect(callIds(messages)).toEqual(['bern/1']), WAIT);
  become({ ...user, role: 'receptionist' });
  await vi.waitFor(() => expect(callIds(messages)).toEqual(['bern/1', 'bern/2']), WAIT);
  become({ ...user, extensions: ['bern/1102@sales'] });
  await vi.waitFor(() => expect(callIds(messages)).toEqual(['bern/2']), WAIT);
  board.apply('bern', [{ kind: 'calls', calls: [] }]);
  await vi.waitFor(() => expect(callIds(messages)).toEqual([]), WAIT);
});

it('[CV7] a client that sees no calls of others gets its deltas without gaps, and none of those calls', async () => {
  const { board, open } = await serveBoard('nothing');
  const { messages } = await open({ role: 'user', extensions: [] });
  for (let count = 1; count <= 20; count += 1) {
    board.apply('bern', [{ kind: 'calls', calls: [callWith(`bern/${count}`)] }]);
    await new Promise(setImmediate);
    if (count % 5 === 0)
      board.apply('bern', [{ kind: 'status', id: 'bern/1101@sales', status: count % 10 === 0 ? 8 : 0 }]);
  }
  board.apply('bern', [{ kind: 'status', id: 'bern/1102@sales', status: 1 }]);
  await vi.waitFor(() => {
    expect(boardOf(messages).extensions.get('bern/1102@sales')?.lamp).toBe('in-use');
  }, WAIT);
  expect(JSON.stringify(messages)).not.toContain('"table":"calls"');
  expect(boardOf(messages).calls.size).toBe(0);
});

it.each<Account>([
  { role: 'user', extensions: [] },
  { role: 'receptionist', extensions: [], limits: SALES },
])('[CV7] [SY6] a list after an outage begins an epoch for %j too', async (account) => {
  const { board, open } = await serveBoard();
  const { messages } = await open(account);
  const epochs = () => messages.map((message) => z.object({ epoch: z.string() }).parse(message).epoch);
  board.reset(BERN, [listOf(['1101'])]);
  await vi.waitFor(() => expect(messages).toHaveLength(2), WAIT);
  board.apply('bern', [{ kind: 'status', id: 'bern/1101@sales', status: 8 }]);
  await vi.waitFor(() => expect(messages).toHaveLength(3), WAIT);
  const [before, after, ofDelta] = epochs();
  expect(after).not.toBe(before);
  expect(ofDelta).toBe(after);
});

it('[CV5] [CV7] a reset after which a call is another one for a client, though nothing else is, sends it', async () => {
  const { board, open } = await serveBoard();
  const { messages } = await open({ role: 'receptionist', extensions: [], limits: SALES });
  board.apply('bern', [{ kind: 'calls', calls: [callWith('bern/1', { mailbox: '1107' })] }]);
  const mailbox = () => boardOf(messages).calls.get('bern/1')?.mailbox;
  await vi.waitFor(() => expect(mailbox()).toBe(''), WAIT);
  const list = listOf(EXTENS);
  board.reset(BERN, [{ ...list, entries: list.entries.filter(({ exten }) => exten !== '1107') }]);
  await vi.waitFor(() => expect(mailbox()).toBe('1107'), WAIT);
  expect(messages).toHaveLength(3);
  board.reset(BERN, [{ ...list, entries: list.entries.filter(({ exten }) => exten !== '1107') }]);
  board.apply('bern', [{ kind: 'calls', calls: [] }]);
  await vi.waitFor(() => expect(callIds(messages)).toEqual([]), WAIT);
  expect(messages).toHaveLength(4);
});
