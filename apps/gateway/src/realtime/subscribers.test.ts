import { createRandom } from '@lampboard/demo-pbx';
import {
  type Board,
  type Fact,
  type FullList,
  type MutableBoard,
  boardFromSnapshot,
  commitDelta,
  isAssigned,
  isAssignedPbx,
  isPbxWithinLimits,
  limitsOf,
  visibleForm,
} from '@lampboard/model';
import { testPbx } from '@lampboard/model/testing';
import { type Extension, type Me, NO_LIMITS, delta, snapshot } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { createLiveBoard } from '../board/live-board.ts';
import { systemClock } from '../platform/clock.ts';
import type { ClientSocket } from './io-server.ts';
import { createSubscribers } from './subscribers.ts';
import { serveIo } from './testing/serve-io.ts';

vi.setConfig({ testTimeout: 60_000 });
const WAIT = { timeout: 10_000, interval: 5 };
const PBXS = ['berlin', 'bern'].map((id) => testPbx(id));

const DEPARTMENTS = ['Sales', 'Support', ''];
const CONTEXTS = ['default', 'sales'];
const EXTENS = ['1101', '1102', '1103', '1104', '1105', '1106'];

type Account = Pick<Me, 'role' | 'extensions' | 'limits'>;

const ACCOUNTS: readonly Account[] = [
  { role: 'receptionist', extensions: [] },
  { role: 'user', extensions: ['bern/1101@sales'] },
  { role: 'receptionist', extensions: [], limits: { ...NO_LIMITS, departments: ['Sales'] } },
  { role: 'receptionist', extensions: [], limits: { ...NO_LIMITS, contexts: ['sales'] } },
  { role: 'receptionist', extensions: [], limits: { ...NO_LIMITS, pbxs: ['berlin'] } },
  { role: 'user', extensions: ['bern/1102@sales'], limits: { ...NO_LIMITS, pbxs: ['berlin'] } },
  { role: 'user', extensions: ['bern/1103@default'], limits: { ...NO_LIMITS, departments: ['Support'] } },
  { role: 'user', extensions: ['bern/1103@default'], limits: { ...NO_LIMITS, departments: ['Sales'] } },
  { role: 'user', extensions: [], limits: { ...NO_LIMITS, departments: ['Sales'], contexts: ['sales'] } },
  { role: 'receptionist', extensions: [], limits: { ...NO_LIMITS, pbxs: ['nowhere'] } },
  { role: 'receptionist', extensions: [], limits: { ...NO_LIMITS, contexts: ['support'] } },
  { role: 'user', extensions: ['bern/*801107@support'], limits: { ...NO_LIMITS, contexts: ['sales'] } },
  { role: 'user', extensions: ['bern/*801107@support'] },
  { role: 'admin', extensions: [], limits: { ...NO_LIMITS, departments: ['Sales'] } },
];

/** What the account may read, computed from the whole board. */
function readableBy(account: Account, board: Board) {
  const limits = limitsOf(account);
  const { extensions: assigned } = account;
  function toReadable(extension: Extension): readonly Extension[] {
    const form = limits === null ? extension : visibleForm(extension, { limits, assigned });
    if (form === null) return [];
    if (account.role !== 'user' || isAssigned(assigned, extension) || form.presence === null) return [form];
    return [{ ...form, presence: { ...form.presence, message: '' } }];
  }
  const extensions = [...board.extensions.values()].flatMap(toReadable);
  const pbxs = [...board.pbxs.values()].filter(
    ({ id }) => limits === null || isPbxWithinLimits(limits, id) || isAssignedPbx(account.extensions, id),
  );
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return { pbxs: pbxs.toSorted(byId), extensions: extensions.toSorted(byId) };
}

/** Serves a board of two PBXs, whose clients are of these accounts. */
async function serve() {
  const { io, connect } = await serveIo();
  const board = createLiveBoard({ pbxs: PBXS, clock: systemClock });
  for (const pbx of PBXS) board.reset(pbx, [listOf(EXTENS)]);
  const refreshed: ClientSocket[] = [];
  const subscribers = createSubscribers({
    board,
    hideOthersMessages: true,
    beforeSnapshot() {},
    onVisibilityChanged: (socket) => void refreshed.push(socket),
    metrics: { snapshotsSent() {} },
  });
  io.on('connection', (socket) => socket.on('disconnect', () => subscribers.unsubscribe(socket)));
  return {
    board,
    refreshed,
    async open(account: Account) {
      const client = await connect();
      const socket: ClientSocket = client.socket;
      const become = (now: Account) => {
        socket.data.me = { id: 1, name: 'x', authMethod: 'password', ...now };
        subscribers.subscribe(socket);
      };
      become(account);
      await vi.waitFor(() => expect(client.messages).toHaveLength(1), WAIT);
      return { ...client, become };
    },
  };
}

/** `aliases`: contexts in which the person 1107 has further numbers. */
const listOf = (extens: readonly string[], aliases: readonly string[] = []): FullList => ({
  kind: 'full-list',
  entries: [
    ...extens.flatMap((exten) => CONTEXTS.map((context) => entryOf(exten, context))),
    { ...entryOf('1107', 'default'), aliases: aliases.map((context) => entryOf('*801107', context)) },
  ],
  presences: new Map(),
  updatedDuringList: new Set(),
});

const entryOf = (exten: string, context: string) => ({
  kind: 'person' as const,
  exten,
  context,
  hint: `PJSIP/${exten},CustomPresence:${exten}${context}`,
  status: 0,
});

/** Applies all messages in order, and fails at a gap. */
function boardOf(messages: readonly unknown[]): MutableBoard {
  let board: MutableBoard | null = null;
  for (const message of messages) {
    const received = snapshot.safeParse(message);
    if (received.success) board = boardFromSnapshot(received.data);
    else {
      if (board === null) throw new Error('A delta came before the snapshot.');
      const result: ReturnType<typeof commitDelta> = commitDelta(board, delta.parse(message));
      if (result.kind !== 'applied') throw new Error(`${result.kind}: ${JSON.stringify(message)}`);
      board = result.board;
    }
  }
  if (board === null) throw new Error('There is no board.');
  return board;
}

interface Client {
  readonly account: Account;
  readonly messages: readonly unknown[];
  expectedMessages: number;
  readable: unknown;
  readonly allowed: Set<string>;
}

const tokensIn = (value: unknown) => JSON.stringify(value).match(/t\d+t/g) ?? [];

it('[VI2] [VI3] [VI4] [VI10] each client has exactly what its account may read, and hears of nothing else', async () => {
  const { board, open } = await serve();
  const random = createRandom({ seed: 7 });
  let count = 0;
  /** A text that occurs nowhere else. */
  const token = () => `t${(count += 1)}t`;
  const clients: Client[] = [];
  for (const account of ACCOUNTS) {
    const readable = readableBy(account, board.current());
    const { messages } = await open(account);
    clients.push({ account, messages, expectedMessages: 1, readable, allowed: new Set() });
  }
  const onChange = () => {
    for (const client of clients) {
      const readable = readableBy(client.account, board.current());
      const isLimited = limitsOf(client.account) !== null;
      if (!isLimited || JSON.stringify(readable) !== JSON.stringify(client.readable))
        client.expectedMessages += 1;
      client.readable = readable;
      for (const text of tokensIn(readable)) client.allowed.add(text);
    }
  };
  board.subscribe({ onDelta: onChange, onSnapshot: onChange });

  const one = <T>(list: readonly T[]): T => random.pick(list) ?? fail();
  function randomFact(pbxId: string): Fact {
    const [exten, context] = random.chance(0.1) ? ['1107', 'default'] : [one(EXTENS), one(CONTEXTS)];
    const id = `${pbxId}/${exten}@${context}`;
    if (random.chance(0.3)) return { kind: 'status', id, status: one([0, 1, 8, 16]) };
    if (random.chance(0.4)) {
      const deputy = random.chance(0.5) && { deputy: `${pbxId}/${one(EXTENS)}@${one(CONTEXTS)}` };
      const contact = { department: one(DEPARTMENTS), email: token(), mobile: '', ...deputy };
      return { kind: 'person', id, name: token(), contact };
    }
    if (random.chance(0.05)) {
      const aliases = ['default', 'sales', 'support'].filter(() => random.chance(0.5));
      return listOf(
        EXTENS.filter(() => random.chance(0.8)),
        aliases,
      );
    }
    if (random.chance(0.05))
      return { kind: 'link', link: { state: 'down', since: count, reason: 'unreachable', code: token() } };
    const presence = { state: 'away', subtype: token(), message: token() } as const;
    const actor = { kind: 'account', name: token() } as const;
    const attribution = { actor, setAt: count, returnTime: { at: count, thenState: null } };
    return { kind: 'presence', provider: `CustomPresence:${exten}${context}`, presence, attribution };
  }
  for (let step = 0; step < 1500; step += 1) {
    const pbx = one(PBXS);
    if (random.chance(0.01)) board.reset(pbx, [listOf(EXTENS)]);
    else
      board.apply(
        pbx.id,
        Array.from({ length: 1 + Math.floor(random.between(0, 3)) }, () => randomFact(pbx.id)),
      );
    // Facts of some steps share a delta.
    if (random.chance(0.8)) await new Promise((resolve) => setTimeout(resolve, random.between(0, 5)));
  }

  for (const { account, messages, expectedMessages, allowed } of clients) {
    const label = JSON.stringify(account);
    await vi.waitFor(() => expect(messages.length, label).toBe(expectedMessages), WAIT);
    const receivedBoard = { ...boardOf(messages), epoch: '', seq: 0 };
    const { role } = account;
    const received = readableBy({ role: 'admin', extensions: [] }, receivedBoard);
    expect(received, `${role} ${label}`).toEqual(readableBy(account, board.current()));
    expect(
      tokensIn(messages).filter((text) => !allowed.has(text)),
      label,
    ).toEqual([]);
  }
  expect(clients[0]?.messages.length).toBeGreaterThan(200);
});

function fail(): never {
  throw new Error('The list is empty.');
}

const ids = ({ extensions }: Board) => [...extensions.keys()].toSorted();
const SALES = { ...NO_LIMITS, contexts: ['sales'], pbxs: ['bern'] };

it('[VI4] changed limits are followed by a snapshot with what is then visible', async () => {
  const { board, open } = await serve();
  const limited: Account = { role: 'receptionist', extensions: [], limits: SALES };
  const unlimited: Account = { role: 'receptionist', extensions: [] };
  const { messages, become } = await open(limited);
  expect(ids(boardOf(messages))).toEqual(EXTENS.map((exten) => `bern/${exten}@sales`));
  expect([...boardOf(messages).pbxs.keys()]).toEqual(['bern']);
  become(unlimited);
  await vi.waitFor(() => expect(boardOf(messages).extensions.size).toBe(26), WAIT);
  become({ role: 'user', extensions: ['berlin/1101@default'], limits: SALES });
  await vi.waitFor(() => expect(boardOf(messages).extensions.size).toBe(7), WAIT);
  expect(boardOf(messages).pbxs.size).toBe(2);
  board.apply('berlin', [{ kind: 'status', id: 'berlin/1101@default', status: 8 }]);
  await vi.waitFor(() => {
    expect(boardOf(messages).extensions.get('berlin/1101@default')?.lamp).toBe('ringing');
  }, WAIT);
});

it('[VI3] a client with limits is not sent a change of what it does not see of an extension', async () => {
  const { board, open } = await serve();
  const { messages } = await open({ role: 'receptionist', extensions: [], limits: SALES });
  const contact = { department: '', email: '', mobile: '' };
  const setPerson = (name: string, deputy: string) =>
    board.apply('bern', [{ kind: 'person', id: 'bern/1101@sales', name, contact: { ...contact, deputy } }]);
  setPerson('Rita', 'bern/1102@default');
  await vi.waitFor(() => expect(messages).toHaveLength(2), WAIT);
  setPerson('Rita', 'bern/1103@support');
  await vi.waitFor(() => {
    const { person } = board.current().extensions.get('bern/1101@sales') ?? {};
    expect(person?.deputy).toBe('bern/1103@support');
  }, WAIT);
  setPerson('Rita', 'bern/1103@sales');
  await vi.waitFor(() => {
    expect(boardOf(messages).extensions.get('bern/1101@sales')?.person.deputy).toBe('bern/1103@sales');
  }, WAIT);
  expect(messages).toHaveLength(3);
});

it('[VI7] only a client with limits, some of whose extensions appear or disappear, gets its settings again', async () => {
  const { board, refreshed, open } = await serve();
  const { socket, messages } = await open({ role: 'receptionist', extensions: [], limits: SALES });
  await open({ role: 'receptionist', extensions: [] });
  refreshed.length = 0;
  board.apply('berlin', [listOf(['1101'])]);
  board.apply('bern', [{ kind: 'status', id: 'bern/1101@sales', status: 8 }]);
  await vi.waitFor(() => expect(messages).toHaveLength(2), WAIT);
  expect(refreshed).toEqual([]);
  board.apply('bern', [listOf(['1101'])]);
  await vi.waitFor(() => expect(messages).toHaveLength(3), WAIT);
  expect(refreshed).toEqual([socket]);
});

it('[VI2] a snapshot that was encoded for one account is not sent to one that may see less', async () => {
  const { board, open } = await serve();
  for (const account of [...ACCOUNTS, ...ACCOUNTS.toReversed()]) {
    const { messages } = await open(account);
    const { extensions } = readableBy(account, board.current());
    expect(ids(boardOf(messages)), JSON.stringify(account)).toEqual(extensions.map(({ id }) => id));
  }
});
