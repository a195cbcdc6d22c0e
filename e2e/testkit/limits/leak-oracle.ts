import {
  type Board,
  type MutableBoard,
  type OthersCalls,
  boardFromSnapshot,
  commitDelta,
  isAssignedPbx,
  isPbxWithinLimits,
  numberIndexOf,
  visibleCall,
  visibleForm,
} from '@lampboard/model';
import { type Extension, type Limits, delta, isLimiting, snapshot } from '@lampboard/protocol';

/** What a text stands for: a number, a device, a provider … */
type TokenKind = 'num' | 'lamp' | 'prov' | 'ctx' | 'dept' | 'name' | 'mail' | 'mob' | 'sub' | 'msg' | 'acc';

const TOKEN = /z(?:num|lamp|prov|ctx|dept|name|mail|mob|sub|msg|acc)\d+q/g;

export type CreateToken = (kind: TokenKind) => string;

/** Returns texts such as `zname7q`, which occur nowhere else, so that each is found in whatever was recorded. */
export function createTokens(): CreateToken {
  let count = 0;
  return (kind) => `z${kind}${(count += 1)}q`;
}

export const tokensIn = (text: string): readonly string[] => text.match(TOKEN) ?? [];

interface Viewer {
  readonly assigned: readonly string[];
  /** All limits that the account has at some time. */
  readonly limits: readonly Limits[];
  /** The part of others' calls that it sees; all by default. */
  readonly others?: OthersCalls;
}

interface Seen {
  /** Tokens that were on the part of the board that is visible to the viewer. */
  readonly tokens: Set<string>;
  /** Ids, on the whole board, of extensions that were visible. */
  readonly extensions: Set<string>;
  /** Number of changes of the board, this part of which they changed. */
  changes: number;
  part: string;
}

/** Follows the whole board, and so knows what an account with limits may have been sent. */
export type LeakOracle = ReturnType<typeof createLeakOracle>;

export function createLeakOracle<Name extends string>(viewers: Readonly<Record<Name, Viewer>>) {
  let board: MutableBoard | null = null;
  const seen = new Map<string, Seen>();
  /** Tokens of each extension, by its id on the whole board. */
  const tokensOf = new Map<string, Set<string>>();

  function addTokens(id: string, tokens: readonly string[]): void {
    const known = tokensOf.get(id) ?? new Set();
    for (const token of tokens) known.add(token);
    tokensOf.set(id, known);
  }

  function observe(whole: Board): void {
    for (const extension of whole.extensions.values())
      addTokens(extension.id, tokensIn(JSON.stringify(extension)));
    for (const [name, viewer] of Object.entries<Viewer>(viewers)) {
      const before = seen.get(name) ?? { tokens: new Set(), extensions: new Set(), changes: 0, part: '' };
      const { pbxs, extensions, calls } = visiblePart(whole, viewer);
      const part = JSON.stringify([pbxs, extensions.map(({ form }) => form), calls]);
      for (const token of tokensIn(part)) before.tokens.add(token);
      for (const { id } of extensions) before.extensions.add(id);
      if (part !== before.part) before.changes += 1;
      before.part = part;
      seen.set(name, before);
    }
  }

  const seenBy = (name: Name): Seen => {
    const found = seen.get(name);
    if (found === undefined) throw new Error('The oracle has no board.');
    return found;
  };

  return {
    /** Takes a packet that an account was sent that sees everything. */
    follow(packet: string) {
      if (!/^42\["(?:snapshot|delta)",/.test(packet)) return;
      const [kind, value]: readonly unknown[] = JSON.parse(packet.slice(2));
      if (kind === 'snapshot') board = boardFromSnapshot(snapshot.parse(value));
      else {
        const result = board === null ? null : commitDelta(board, delta.parse(value));
        if (result?.kind !== 'applied') throw new Error('The oracle has missed a change.');
        board = result.board;
      }
      observe(board);
    },
    board(): Board {
      if (board === null) throw new Error('The oracle has no board.');
      return board;
    },
    /** Records a text that someone typed for an extension, whether it was set or not. */
    typed: (id: string, token: string) => addTokens(id, [token]),
    wasVisible: (name: Name, id: string) => seenBy(name).extensions.has(id),
    changesSeenBy: (name: Name) => seenBy(name).changes,
    /** Returns the tokens in a recording of the live board that are of nothing visible. */
    leaksOnBoard(name: Name, recorded: string) {
      const { tokens } = seenBy(name);
      const limits = new Set(tokensIn(JSON.stringify(viewers[name])));
      return unique(tokensIn(recorded)).filter((token) => !tokens.has(token) && !limits.has(token));
    },
    /** Returns the same for replies, in which visible extensions have a past. */
    leaksInReplies(name: Name, recorded: string, allowed: ReadonlySet<string>) {
      const { extensions } = seenBy(name);
      const past = new Set([...extensions].flatMap((id) => [...(tokensOf.get(id) ?? [])]));
      return this.leaksOnBoard(name, recorded).filter((token) => !past.has(token) && !allowed.has(token));
    },
  };
}

const unique = (tokens: readonly string[]) => [...new Set(tokens)];

/** Returns what is visible to a viewer within any of its limits; extensions with their ids on the whole board. */
function visiblePart(board: Board, { assigned, limits, others = 'full' }: Viewer) {
  const { pbxs, extensions, calls } = board;
  const context = { ...board, numbers: numberIndexOf(extensions.values()) };
  const forms = (extension: Extension) =>
    limits.flatMap((each) => visibleForm(extension, { limits: each, assigned }) ?? []);
  return {
    pbxs: [...pbxs.values()].filter(
      ({ id }) => isAssignedPbx(assigned, id) || limits.some((each) => isPbxWithinLimits(each, id)),
    ),
    extensions: [...extensions.values()].flatMap((extension) =>
      forms(extension).map((form) => ({ id: extension.id, form })),
    ),
    calls: limits.flatMap((each) =>
      [...calls.values()].flatMap(
        (call) =>
          visibleCall(call, { limits: isLimiting(each) ? each : null, assigned, others }, context) ?? [],
      ),
    ),
  };
}
