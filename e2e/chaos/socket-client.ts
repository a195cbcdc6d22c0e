import type { Presence } from '@lampboard/protocol';
import { openBoardClient } from '../testkit/clients/board-client.ts';
import type { EditOutcome } from './edit-ledger.ts';
import { type BoardSnapshot, factsOf } from './snapshot-diff.ts';

/** A board as the run sees it. */
export interface ChaosClient {
  readonly name: string;
  /** Only pages are; they do not show every message in full. */
  readonly isPage: boolean;
  /** Null while it does not say live. */
  read(): Promise<BoardSnapshot | null>;
  close(): Promise<void>;
}

/** A board that edits, too. */
export interface EditingClient extends ChaosClient {
  /** Null where it is not live, or has no such extension: nothing was sent. */
  edit(id: string, presence: Presence): Promise<{ kind: EditOutcome; code: string }> | null;
}

/** A board without a browser, in the session of a cookie. */
export async function openSocketClient({
  url,
  cookie,
  name,
}: {
  url: string;
  cookie: string;
  name: string;
}): Promise<EditingClient> {
  const board = await openBoardClient({ url }, { cookie });
  const isPresent = (id: string) => board.isLive() && board.board().extensions.get(id)?.presence;

  async function edit(id: string, presence: Presence): Promise<{ kind: EditOutcome; code: string }> {
    try {
      const reply = await board.setPresence(id, presence);
      if (reply.ok) return { kind: 'acknowledged', code: 'ok' };
      const { code, message } = reply;
      if (code === 'superseded') return { kind: 'acknowledged', code };
      const isCertain =
        message.includes('Nothing was changed') || !['timeout', 'internal-error'].includes(code);
      return { kind: isCertain ? 'rejected' : 'unknown', code };
    } catch {
      return { kind: 'unknown', code: 'connection broken' };
    }
  }

  return {
    name,
    isPage: false,
    async read() {
      if (!board.isLive()) return null;
      return new Map(
        [...board.board().extensions].flatMap(([id, { lamp, presence }]) =>
          factsOf(id, { lamp, state: presence?.state ?? null, message: presence?.message ?? null }),
        ),
      );
    },
    edit: (id, presence) => (isPresent(id) ? edit(id, presence) : null),
    close: async () => board.close(),
  };
}
