import { frame as frameSchema } from '@lampboard/protocol';
import type { TestAccountName } from '../gateway/accounts.ts';
import { signIn } from '../gateway/sign-in.ts';
import { type Change, type Told, allKnownBy, placeOfLamp } from './lamp-states.ts';
import { type Sent, startThread } from './thread.ts';

/** An account has so many consoles at most. */
const AN_ACCOUNT = 100;
const A_THREAD = 100;
const ACCOUNTS: readonly TestAccountName[] = ['rita', 'ada', 'alice'];

export interface Boards {
  /** What they were sent since the last time; throws where one missed anything. */
  collect(): Promise<Shown>;
  stop(): Promise<void>;
}

export type Shown = Pick<Sent, 'boards' | 'frames'>;

/** Opens so many boards on a gateway, 300 at most. */
export async function startBoards({ url }: { url: string }, count: number): Promise<Boards> {
  const names = ACCOUNTS.slice(0, Math.ceil(count / AN_ACCOUNT));
  const cookies = await Promise.all(names.map((name) => signIn({ url }, name)));
  return openBoards(
    { url },
    Array.from({ length: count }, (_, index) => cookies[Math.floor(index / AN_ACCOUNT)] ?? ''),
  );
}

/** Opens a board for each cookie, a hundred in a thread. */
export async function openBoards({ url }: { url: string }, cookies: readonly string[]): Promise<Boards> {
  const shares = [];
  for (let at = 0; at < cookies.length; at += A_THREAD) shares.push(cookies.slice(at, at + A_THREAD));
  const threads = await Promise.all(shares.map((share) => startThread('boards', { url, cookies: share })));
  return {
    async collect() {
      const told = await Promise.all(threads.map((thread) => thread.collect()));
      const torn = told.flatMap((one) => one.torn);
      if (torn.length > 0) throw new Error(`${torn.length} boards are torn: ${torn[0]}`);
      return { boards: told.flatMap(({ boards }) => boards), frames: told[0]?.frames ?? [] };
    },
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}

/** When each board showed each change: one list of moments for each board. */
export function shownAt(shown: Shown, changes: readonly Change[]): number[][] {
  const known = allKnownBy('a board', changes, toldInFrames(shown));
  return shown.boards.map((at) => known.map(({ frame }) => at[frame] ?? Number.NaN));
}

/** The lamps in some frames, as the first board was told of them; `frame` is the place of the frame. */
export function toldInFrames({ boards, frames }: Shown): (Told & { readonly frame: number })[] {
  return frames.flatMap((text, frame) =>
    frameSchema.parse(JSON.parse(text)).changes.flatMap((change) =>
      change.kind === 'lamp'
        ? [
            {
              exten: change.id.replace(/@.*/, ''),
              place: placeOfLamp(change.lamp),
              at: boards[0]?.[frame] ?? Number.NaN,
              frame,
            },
          ]
        : [],
    ),
  );
}
