import {
  type Change,
  type Extension,
  type Lamp,
  ONLY_PBX,
  type Pbx,
  type PresenceState,
} from '@lampboard/protocol';
import { type FullList, boardFromSnapshot, commitChanges } from '@lampboard/model';
import { testPbx } from '@lampboard/model/testing';
import type { BoardListener } from '../live-board.ts';

/** Facts of a list with the extension 1101, which has no other state than these presences. */
export const fullList = (presences: FullList['presences'] = new Map()): FullList => ({
  kind: 'full-list',
  entries: [
    {
      kind: 'person',
      exten: '1101',
      context: 'default',
      hint: 'PJSIP/1101,CustomPresence:1101',
      status: 0,
    },
  ],
  presences,
  updatedDuringList: new Set(),
});

export const LIVE_PBX = testPbx();

/** Board controlled by a test. */
export function createFakeBoard() {
  const listeners: BoardListener[] = [];
  let board = boardFromSnapshot({ epoch: '', seq: 0, time: 0, pbxs: [], extensions: [], calls: [] });
  function change(...changes: readonly Change[]): void {
    const delta = { epoch: '', seq: board.seq + 1, changes };
    board = commitChanges(board, changes);
    for (const { onDelta } of listeners) onDelta(delta, board);
  }
  const patch = (exten: string, fields: Partial<Extension>) =>
    change({ table: 'extensions', op: 'patch', id: `${exten}@default`, fields });
  return {
    current: () => board,
    subscribe: (listener: BoardListener) => void listeners.push(listener),
    /** Sends a snapshot of these extensions and PBXs. */
    live(extensions: readonly Extension[], pbxs: readonly Pbx[] = [LIVE_PBX]) {
      const snapshot = {
        epoch: '',
        seq: 0,
        time: 0,
        pbxs: [...pbxs],
        extensions: [...extensions],
        calls: [],
      };
      board = boardFromSnapshot(snapshot);
      for (const { onSnapshot } of listeners) onSnapshot(snapshot, board);
    },
    down: (id = ONLY_PBX) =>
      change({
        table: 'pbxs',
        op: 'patch',
        id,
        fields: { link: { state: 'down', since: 0, reason: 'unreachable' } },
      }),
    change,
    lamp: (exten: string, lamp: Lamp) => patch(exten, { lamp, lampSince: null }),
    presence: (exten: string, state: PresenceState) =>
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
    kind: 'person',
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
