import type { Change, Extension, Lamp, PresenceState } from '@lampboard/protocol';
import type { BoardListener, LiveBoard } from '../live-board.ts';

/** Board controlled by a test. */
export interface FakeBoard extends Pick<LiveBoard, 'subscribe'> {
  /** Sends a live snapshot of these extensions. */
  live(extensions: readonly Extension[]): void;
  down(): void;
  change(...changes: readonly Change[]): void;
  lamp(exten: string, lamp: Lamp): void;
  presence(exten: string, state: PresenceState): void;
}

export function createFakeBoard(): FakeBoard {
  const listeners: BoardListener[] = [];
  function change(...changes: readonly Change[]): void {
    for (const { onDelta } of listeners) onDelta({ epoch: '', seq: 0, changes: [...changes] });
  }
  return {
    subscribe: (listener) => void listeners.push(listener),
    live(extensions) {
      const pbx = { version: null, demo: false };
      const snapshot = {
        epoch: '',
        seq: 0,
        time: 0,
        pbx,
        link: { state: 'live' },
        extensions: [...extensions],
      } as const;
      for (const { onSnapshot } of listeners) onSnapshot({ ...snapshot, extensions: [...extensions] });
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
        setBy: null,
        returnTime: null,
      }),
  };
}

export function createExtension(
  exten: string,
  lamp: Lamp,
  state: PresenceState | null = 'available',
): Extension {
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    person: { name: exten, department: '', email: '', mobile: '' },
    lamp,
    lampSince: null,
    provider: state === null ? null : `CustomPresence:${exten}`,
    presence: state === null ? null : { state, subtype: '', message: '' },
    presenceSetAt: null,
    presenceSetBy: null,
    returnTime: null,
  };
}
