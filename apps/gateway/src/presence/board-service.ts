import type { EditPresence } from './set-presence.ts';
import type { LiveBoard } from '../board/live-board.ts';

/** The PBXs that this gateway reads itself or through their leaders. */
export interface BoardService {
  readonly board: Pick<LiveBoard, 'current' | 'snapshot' | 'subscribe'>;
  readonly edit: EditPresence;
  /** Reconnects now to each Asterisk without a live link; limited in rate. */
  reconnect(): void;
  /** Updates renamed accounts on the board. */
  refreshAccountNames(): void;
  stop(): Promise<void>;
}
