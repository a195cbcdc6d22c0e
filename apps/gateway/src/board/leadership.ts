import type { Board } from '@lampboard/model';

/** The term in which this gateway follows Asterisk for all others. */
export interface Leadership {
  /** Extensions as the previous leader last published them. */
  readonly lastKnown: Board['extensions'];
  /** To be checked right before each action that only the leader may take. */
  isLeader(): boolean;
}

/** For a gateway that runs alone. */
export const ALWAYS_LEADER: Leadership = { lastKnown: new Map(), isLeader: () => true };
