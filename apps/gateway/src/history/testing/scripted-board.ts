import type { Change, ExtensionRow, Lamp, PresenceState } from '@lampboard/protocol';
import type { BoardListener, LiveBoard } from '../../pbx/live-board.ts';

/** A board that says what a test has it say. */
export interface ScriptedBoard extends Pick<LiveBoard, 'subscribe'> {
  /** It is live, and these are all the extensions there are. */
  live(rows: readonly ExtensionRow[]): void;
  down(): void;
  change(...changes: readonly Change[]): void;
  lamp(exten: string, lamp: Lamp): void;
  presence(exten: string, state: PresenceState): void;
}

export function scriptedBoard(): ScriptedBoard {
  const listeners: BoardListener[] = [];
  function change(...changes: readonly Change[]): void {
    for (const { onFrame } of listeners) onFrame({ epoch: '', seq: 0, changes: [...changes] });
  }
  return {
    subscribe: (listener) => void listeners.push(listener),
    live(rows) {
      const pbx = { version: null, demo: false };
      const snapshot = { epoch: '', seq: 0, time: 0, pbx, link: { state: 'live' }, rows: [...rows] } as const;
      for (const { onSnapshot } of listeners) onSnapshot({ ...snapshot, rows: [...rows] });
    },
    down: () => change({ kind: 'link', link: { state: 'down', since: 0, reason: 'unreachable' } }),
    change,
    lamp: (exten, lamp) => change({ kind: 'lamp', id: `${exten}@default`, lamp, since: null }),
    presence: (exten, state) =>
      change({
        kind: 'presence',
        id: `${exten}@default`,
        presence: { state, subtype: '', message: '' },
        since: null,
        by: null,
        back: null,
      }),
  };
}

export function rowOf(exten: string, lamp: Lamp, state: PresenceState | null = 'available'): ExtensionRow {
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    person: { name: exten, department: '', email: '', mobile: '' },
    lamp,
    lampSince: null,
    provider: state === null ? null : `CustomPresence:${exten}`,
    presence: state === null ? null : { state, subtype: '', message: '' },
    presenceSince: null,
    presenceBy: null,
    back: null,
  };
}
