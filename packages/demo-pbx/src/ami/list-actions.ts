import type { PbxCore } from '../pbx/pbx-core.ts';
import type { Action } from './action.ts';
import { actionId, answer } from './answer.ts';
import type { AmiClass } from './classes.ts';
import { type Header, listItem } from './event.ts';
import { deviceHeaders, extensionHeaders, presenceHeaders } from './headers.ts';

interface ListAction {
  name: string;
  synopsis: string;
  classes: readonly AmiClass[];
  late?: boolean;
  /** The answer's message. */
  announce: string;
  /** The event of one item. */
  event: string;
  items: (pbx: PbxCore) => readonly (readonly Header[])[];
}

/** An action that is answered with one event an item and a last one that counts them. */
function listAction({ announce, event, items, ...action }: ListAction): Action {
  return {
    ...action,
    run({ pbx, send }, message) {
      const id = actionId(message);
      const rows = items(pbx);
      const parts = [
        answer(message, 'Success', [
          ['EventList', 'start'],
          ['Message', announce],
        ]),
      ];
      for (const row of rows) parts.push(listItem(event, id, row));
      parts.push(
        listItem(`${action.name}Complete`, id, [
          ['EventList', 'Complete'],
          ['ListItems', String(rows.length)],
        ]),
      );
      send(parts.join(''));
    },
  };
}

/** The actions that list what there is. Items are no events: neither mask nor filters hold them back. */
export const listActions: readonly Action[] = [
  listAction({
    name: 'ExtensionStateList',
    synopsis: 'List the current known extension states.',
    classes: ['call', 'reporting'],
    announce: 'Extension Statuses will follow',
    event: 'ExtensionStatus',
    items: (pbx) => pbx.listed().map(({ hint, status }) => extensionHeaders(hint, status)),
  }),
  listAction({
    name: 'PresenceStateList',
    synopsis: 'List the current known presence states.',
    classes: ['call', 'reporting'],
    late: true,
    announce: 'Presence State Changes will follow',
    event: 'PresenceStateChange',
    items: (pbx) =>
      Array.from(pbx.states.presences, ([provider, presence]) => presenceHeaders(provider, presence)),
  }),
  listAction({
    name: 'DeviceStateList',
    synopsis: 'List the current known device states.',
    classes: ['call', 'reporting'],
    late: true,
    announce: 'Device State Changes will follow',
    event: 'DeviceStateChange',
    items: (pbx) => Array.from(pbx.states.devices, ([device, state]) => deviceHeaders(device, state)),
  }),
  listAction({
    name: 'CoreShowChannels',
    synopsis: 'List currently active channels.',
    classes: ['system', 'reporting'],
    announce: 'Channels will follow',
    event: 'CoreShowChannel',
    items: () => [],
  }),
];
