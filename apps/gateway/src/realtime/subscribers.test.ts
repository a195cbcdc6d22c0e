import { createRandom } from '@lampboard/demo-pbx';
import {
  type Board,
  type Fact,
  type OthersCalls,
  isAssigned,
  isAssignedPbx,
  isPbxWithinLimits,
  limitsOf,
  numberIndexOf,
  visibleCall,
  visibleForm,
} from '@lampboard/model';
import { type Extension, NO_LIMITS } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { createRandomCalls } from './testing/random-calls.ts';
import {
  type Account,
  CONTEXTS,
  EXTENS,
  PBXS,
  WAIT,
  boardOf,
  listOf,
  serveBoard,
} from './testing/serve-board.ts';

vi.setConfig({ testTimeout: 60_000 });
const DEPARTMENTS = ['Sales', 'Support', ''];

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

type Readable = ReturnType<typeof readableBy>;

/** No aliases are the same as an empty list of them. */
const withAliases = ({ extensions, ...others }: Readable) => ({
  ...others,
  extensions: extensions.map((extension) => ({ ...extension, aliases: extension.aliases ?? [] })),
});

interface Client {
  readonly account: Account;
  readonly messages: readonly unknown[];
  /** The board that it may read after each message. */
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
    const { board, open } = await serveBoard(others);
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
  const { board, open } = await serveBoard();
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
  const { board, open } = await serveBoard();
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
  const { board, refreshed, open } = await serveBoard();
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
  const { board, open } = await serveBoard();
  for (const account of [...ACCOUNTS, ...ACCOUNTS.toReversed()]) {
    const { messages } = await open(account);
    const { extensions } = readableBy(account, board.current(), 'nothing');
    expect(ids(boardOf(messages)), JSON.stringify(account)).toEqual(extensions.map(({ id }) => id));
  }
});
