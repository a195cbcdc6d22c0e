import type { Presence } from '@lampboard/protocol';
import { openBoard } from '../gateway/open-board.ts';
import type { Answer } from './edit-ledger.ts';
import { type Shown, factsOf } from './shown.ts';

/** A board as the run sees it. */
export interface ChaosBoard {
  readonly name: string;
  /** Only pages are; they do not show every message in full. */
  readonly isPage: boolean;
  /** Null while it does not say live. */
  read(): Promise<Shown | null>;
  close(): Promise<void>;
}

/** A board that edits, too. */
export interface EditingBoard extends ChaosBoard {
  /** Null where it is not live, or has no such extension: nothing was sent. */
  edit(id: string, presence: Presence): Promise<{ kind: Answer; code: string }> | null;
}

/** A board without a browser, in the session of a cookie. */
export async function openSocketBoard({
  url,
  cookie,
  name,
}: {
  url: string;
  cookie: string;
  name: string;
}): Promise<EditingBoard> {
  const board = await openBoard({ url }, { cookie });
  const isPresent = (id: string) => board.isLive() && board.board().rows.get(id)?.presence;

  async function edit(id: string, presence: Presence): Promise<{ kind: Answer; code: string }> {
    try {
      const reply = await board.set(id, presence);
      if (reply.ok) return { kind: 'acknowledged', code: 'ok' };
      const { code, message } = reply;
      if (code === 'overtaken') return { kind: 'acknowledged', code };
      const isCertain = message.includes('Nothing was changed') || !['timeout', 'fault'].includes(code);
      return { kind: isCertain ? 'refused' : 'not known', code };
    } catch {
      return { kind: 'not known', code: 'connection broken' };
    }
  }

  return {
    name,
    isPage: false,
    async read() {
      if (!board.isLive()) return null;
      return new Map(
        [...board.board().rows].flatMap(([id, { lamp, presence }]) =>
          factsOf(id, { lamp, state: presence?.state ?? null, message: presence?.message ?? null }),
        ),
      );
    },
    edit: (id, presence) => (isPresent(id) ? edit(id, presence) : null),
    close: async () => board.close(),
  };
}
