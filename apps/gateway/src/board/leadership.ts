import type { Board } from '@lampboard/model';

/** Content of a board that is shown until Asterisk has been read. */
export type LastKnown = Pick<Board, 'extensions' | 'calls'>;

export const NOTHING_KNOWN: LastKnown = { extensions: new Map(), calls: new Map() };

/** The term in which this gateway follows Asterisk for all others. */
export interface Leadership {
  /** As the previous leader last published it. */
  readonly lastKnown: LastKnown;
  /** To be checked right before each action that only the leader may take. */
  isLeader(): boolean;
}

/** For a gateway that runs alone. */
export const ALWAYS_LEADER: Leadership = { lastKnown: NOTHING_KNOWN, isLeader: () => true };
