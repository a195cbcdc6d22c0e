import type { EditPresence } from './set-presence.ts';
import type { LiveBoard } from '../board/live-board.ts';

/** A PBX that this gateway reads itself or through the leader. */
export interface BoardService {
  readonly board: Pick<LiveBoard, 'current' | 'snapshot' | 'subscribe'>;
  readonly edit: EditPresence;
  isLive(): boolean;
  /** Reconnects to Asterisk now; limited in rate. */
  reconnect(): void;
  /** Updates renamed accounts on the board. */
  refreshAccountNames(): void;
  stop(): Promise<void>;
}
