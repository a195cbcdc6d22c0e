import { frame } from '@lampboard/protocol';
import type { TestAccountName } from '../gateway/accounts.ts';
import { signIn } from '../gateway/sign-in.ts';
import { type Change, type Told, knownAt, placeOfLamp } from './lamp-states.ts';
import { type Sent, startThread } from './thread.ts';

/** An account has 100 consoles at most. */
const A_THREAD = 100;
const ACCOUNTS: readonly TestAccountName[] = ['rita', 'ada', 'alice'];

export interface Boards {
  /** What they were sent since the last time; throws where one missed anything. */
  collect(): Promise<Shown>;
  stop(): Promise<void>;
}

export type Shown = Pick<Sent, 'boards' | 'frames'>;

/** Opens so many boards on a gateway, 300 at most, in threads of a hundred. */
export async function startBoards({ url }: { url: string }, count: number): Promise<Boards> {
  const sizes = Array.from({ length: Math.ceil(count / A_THREAD) }, (_, index) =>
    Math.min(A_THREAD, count - index * A_THREAD),
  );
  const threads = await Promise.all(
    sizes.map(async (size, index) => {
      const cookie = await signIn({ url }, ACCOUNTS[index] ?? 'rita');
      return startThread('boards', { url, cookies: Array(size).fill(cookie) });
    }),
  );
  return {
    async collect() {
      const told = await Promise.all(threads.map((thread) => thread.collect()));
      const torn = told.reduce((sum, one) => sum + one.torn, 0);
      if (torn > 0) throw new Error(`${torn} boards missed a frame, or were closed`);
      return { boards: told.flatMap(({ boards }) => boards), frames: told[0]?.frames ?? [] };
    },
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}

/** When each board showed each change: one list of moments for each board. */
export function shownAt({ boards, frames }: Shown, changes: readonly Change[]): number[][] {
  const told = frames.flatMap((text, frame) => lampsOf(text).map((lamp) => ({ ...lamp, at: frame })));
  const known = knownAt('a board', changes, told);
  return boards.map((at) => known.map((frame) => at[frame] ?? Number.NaN));
}

function lampsOf(text: string): Omit<Told, 'at'>[] {
  return frame
    .parse(JSON.parse(text))
    .changes.flatMap((change) =>
      change.kind === 'lamp'
        ? [{ exten: change.id.replace(/@.*/, ''), place: placeOfLamp(change.lamp) }]
        : [],
    );
}
