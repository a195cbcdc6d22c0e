import {
  type Change,
  type Extension,
  type Lamp,
  ONLY_PBX,
  type Pbx,
  type PresenceState,
} from '@lampboard/protocol';
import type { BoardListener, LiveBoard } from '../live-board.ts';

export const LIVE_PBX: Pbx = { id: ONLY_PBX, version: null, demo: false, link: { state: 'live' } };

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
  const patch = (exten: string, fields: Partial<Extension>) =>
    change({ table: 'extensions', op: 'patch', id: `${exten}@default`, fields });
  return {
    subscribe: (listener) => void listeners.push(listener),
    live(extensions) {
      const snapshot = { epoch: '', seq: 0, time: 0, pbxs: [LIVE_PBX], extensions: [...extensions] };
      for (const { onSnapshot } of listeners) onSnapshot(snapshot);
    },
    down: () =>
      change({
        table: 'pbxs',
        op: 'patch',
        id: ONLY_PBX,
        fields: { link: { state: 'down', since: 0, reason: 'unreachable' } },
      }),
    change,
    lamp: (exten, lamp) => patch(exten, { lamp, lampSince: null }),
    presence: (exten, state) =>
      patch(exten, { presence: { state, subtype: '', message: '' }, presenceSetAt: null }),
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
