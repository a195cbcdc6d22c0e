import { createRandom } from '@lampboard/demo-pbx';
import {
  type Board,
  type Fact,
  type FullList,
  type MutableBoard,
  type OthersCalls,
  boardFromSnapshot,
  commitDelta,
  isAssigned,
  isAssignedPbx,
  isPbxWithinLimits,
  limitsOf,
  numberIndexOf,
  visibleCall,
  visibleForm,
} from '@lampboard/model';
import { testPbx } from '@lampboard/model/testing';
import { type Call, type Extension, type Me, NO_LIMITS, delta, snapshot } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { createLiveBoard } from '../board/live-board.ts';
import { systemClock } from '../platform/clock.ts';
import type { ClientSocket } from './io-server.ts';
import { createSubscribers } from './subscribers.ts';
import { createRandomCalls } from './testing/random-calls.ts';
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
  { role: 'user', extensions: [] },
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
function readableBy(account: Account, board: Board, others: OthersCalls) {
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
  const context = { ...board, numbers: numberIndexOf(board.extensions.values()) };
  const viewer = { limits, assigned, others: account.role === 'user' ? others : 'full' };
  const calls = [...board.calls.values()].flatMap((call) => visibleCall(call, viewer, context) ?? []);
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return { pbxs: pbxs.toSorted(byId), extensions: extensions.toSorted(byId), calls: calls.toSorted(byId) };
}

/** Serves a board of two PBXs, whose clients are of these accounts. */
async function serve(othersCalls: OthersCalls = 'nothing') {
  const { io, connect } = await serveIo();
  const board = createLiveBoard({ pbxs: PBXS, clock: systemClock });
  for (const pbx of PBXS) board.reset(pbx, [listOf(EXTENS)]);
  const refreshed: ClientSocket[] = [];
  const subscribers = createSubscribers({
    board,
    hideOthersMessages: true,
    othersCalls,
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

/** Applies all messages in order, and fails at a gap. `onApplied` is called with the board after each. */
function boardOf(
  messages: readonly unknown[],
  onApplied: (board: Board, index: number) => void = () => {},
): MutableBoard {
  let board: MutableBoard | null = null;
  for (const [index, message] of messages.entries()) {
    const received = snapshot.safeParse(message);
    if (received.success) board = boardFromSnapshot(received.data);
    else {
      if (board === null) throw new Error('A delta came before the snapshot.');
      const result: ReturnType<typeof commitDelta> = commitDelta(board, delta.parse(message));
      if (result.kind !== 'applied') throw new Error(`${result.kind}: ${JSON.stringify(message)}`);
      board = result.board;
    }
    onApplied(board, index);
  }
  if (board === null) throw new Error('There is no board.');
  return board;
}

type Readable = ReturnType<typeof readableBy>;

/** No aliases are the same as an empty list of them. */
const withAliases = ({ extensions, ...others }: Readable) => ({
  ...others,
  extensions: extensions.map((extension) => ({ ...extension, aliases: extension.aliases ?? [] })),
});

interface Client {
  readonly account: Account;
  readonly messages: readonly unknown[];
  /** What it may read after each message that it is to receive. */
  readonly readable: Readable[];
  readonly allowed: Set<string>;
}

const tokensIn = (value: unknown) => JSON.stringify(value).match(/~[nt]\d+~/g) ?? [];

it.each<[OthersCalls, number]>([
  ['full', 7],
  ['name-only', 8],
  ['nothing', 9],
])(
  '[VI2] [VI3] [VI4] [VI10] [CV2] [CV7] [CV8] each client has exactly what its account may read, and hears of nothing else; calls of others: %s',
  async (others, seed) => {
    const { board, open } = await serve(others);
    const random = createRandom({ seed });
    let count = 0;
    const token = (kind: 'text' | 'number' = 'text') =>
      kind === 'text' ? `~t${(count += 1)}~` : `~n${(count += 1)}~`;
    const clients: Client[] = [];
    for (const account of ACCOUNTS) {
      const readable = readableBy(account, board.current(), others);
      const { messages } = await open(account);
      clients.push({ account, messages, readable: [readable], allowed: new Set() });
    }
    const receivesAll = ({ account }: Client) =>
      limitsOf(account) === null && (others === 'full' || account.role !== 'user');
    const onChange = (isReceived: (client: Client) => boolean) => {
      for (const client of clients) {
        const readable = readableBy(client.account, board.current(), others);
        if (isReceived(client) || JSON.stringify(readable) !== JSON.stringify(client.readable.at(-1)))
          client.readable.push(readable);
        for (const text of tokensIn(readable)) client.allowed.add(text);
      }
    };
    board.subscribe({
      onDelta: () => onChange(receivesAll),
      onSnapshot: () => onChange(({ account }) => limitsOf(account) === null),
    });

    const one = <T>(list: readonly T[]): T => random.pick(list) ?? fail();
    const randomEntry = (pbxId: string) =>
      random.chance(0.2) ? `${pbxId}/1107@default` : `${pbxId}/${one(EXTENS)}@${one(CONTEXTS)}`;
    const nextCalls = createRandomCalls({ random, token, entry: randomEntry });
    function randomFact(pbxId: string): Fact {
      if (random.chance(0.3)) return { kind: 'calls', calls: nextCalls(pbxId) };
      const [exten, context] = random.chance(0.1) ? ['1107', 'default'] : [one(EXTENS), one(CONTEXTS)];
      const id = `${pbxId}/${exten}@${context}`;
      if (random.chance(0.3)) return { kind: 'status', id, status: one([0, 1, 8, 16]) };
      if (random.chance(0.4)) {
        const deputy = random.chance(0.5) && { deputy: `${pbxId}/${one(EXTENS)}@${one(CONTEXTS)}` };
        const contact = { department: one(DEPARTMENTS), email: token(), mobile: '', ...deputy };
        return { kind: 'person', id, name: token(), contact };
      }
      if (random.chance(0.1)) {
        const aliases = ['default', 'sales', 'support'].filter(() => random.chance(0.5));
        return listOf(
          EXTENS.filter(() => random.chance(0.8)),
          aliases,
        );
      }
      const kind = one(['link', 'calls-link'] as const);
      if (random.chance(0.05))
        return { kind, link: { state: 'down', since: count, reason: 'unreachable', code: token() } };
      const presence = { state: 'away', subtype: token(), message: token() } as const;
      const actor = { kind: 'account', name: token() } as const;
      const attribution = { actor, setAt: count, returnTime: { at: count, thenState: null } };
      return { kind: 'presence', provider: `CustomPresence:${exten}${context}`, presence, attribution };
    }
    for (let step = 0; step < 600; step += 1) {
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

    for (const { account, messages, readable, allowed } of clients) {
      const label = JSON.stringify(account);
      await vi.waitFor(() => expect(messages.length, label).toBe(readable.length), WAIT);
      const { role, extensions } = account;
      const expected = readable.map(withAliases);
      boardOf(messages, (receivedBoard, index) => {
        const received = readableBy({ role: 'admin', extensions: [] }, receivedBoard, others);
        expect(withAliases(received), `${label}, after message ${index}`).toEqual(expected[index]);
      });
      expect(
        tokensIn(messages).filter((text) => !allowed.has(text)),
        label,
      ).toEqual([]);
      if (role === 'user' && extensions.length === 0 && others !== 'full')
        expect(tokensIn(messages).filter((text) => text.startsWith('~n'))).toEqual([]);
    }
    expect(clients[0]?.messages.length).toBeGreaterThan(30);
  },
);

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
    const { extensions } = readableBy(account, board.current(), 'nothing');
    expect(ids(boardOf(messages)), JSON.stringify(account)).toEqual(extensions.map(({ id }) => id));
  }
});

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
  const { board, open } = await serve('nothing');
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
  const { board, open } = await serve('nothing');
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

it('[CV5] [CV7] a reset after which a call is another one for a client, though nothing else is, sends it', async () => {
  const { board, open } = await serve();
  const { messages } = await open({ role: 'receptionist', extensions: [], limits: SALES });
  board.apply('bern', [{ kind: 'calls', calls: [callWith('bern/1', { mailbox: '1107' })] }]);
  const mailbox = () => boardOf(messages).calls.get('bern/1')?.mailbox;
  await vi.waitFor(() => expect(mailbox()).toBe(''), WAIT);
  const list = listOf(EXTENS);
  const [, pbx] = PBXS;
  if (pbx === undefined) return fail();
  board.reset(pbx, [{ ...list, entries: list.entries.filter(({ exten }) => exten !== '1107') }]);
  await vi.waitFor(() => expect(mailbox()).toBe('1107'), WAIT);
  expect(messages).toHaveLength(3);
  board.reset(pbx, [{ ...list, entries: list.entries.filter(({ exten }) => exten !== '1107') }]);
  board.apply('bern', [{ kind: 'calls', calls: [] }]);
  await vi.waitFor(() => expect(callIds(messages)).toEqual([]), WAIT);
  expect(messages).toHaveLength(4);
});
