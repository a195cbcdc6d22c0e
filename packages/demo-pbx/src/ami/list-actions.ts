import type { Pbx } from '../pbx/pbx.ts';
import type { Action } from './action.ts';
import { actionIdHeaders, formatResponse } from './response.ts';
import type { AmiClass } from './permission-classes.ts';
import { type Header, listItem } from './event.ts';
import { deviceHeaders, extensionHeaders, presenceHeaders } from './event-headers.ts';

interface ListAction {
  name: string;
  synopsis: string;
  classes: readonly AmiClass[];
  requiresFullBoot?: boolean;
  announcement: string;
  /** Event name of an item. */
  event: string;
  items: (pbx: Pbx) => readonly (readonly Header[])[];
}

/** An action whose reply is one event per item and a last one with their count. */
function listAction({ announcement, event, items, ...action }: ListAction): Action {
  return {
    ...action,
    run({ pbx, send }, message) {
      const id = actionIdHeaders(message);
      const entries = items(pbx);
      const parts = [
        formatResponse(message, 'Success', [
          ['EventList', 'start'],
          ['Message', announcement],
        ]),
      ];
      for (const entry of entries) parts.push(listItem(event, id, entry));
      parts.push(
        listItem(`${action.name}Complete`, id, [
          ['EventList', 'Complete'],
          ['ListItems', String(entries.length)],
        ]),
      );
      send(parts.join(''));
    },
  };
}

/** Neither mask nor filters apply to list items. */
export const listActions: readonly Action[] = [
  listAction({
    name: 'ExtensionStateList',
    synopsis: 'List the current known extension states.',
    classes: ['call', 'reporting'],
    announcement: 'Extension Statuses will follow',
    event: 'ExtensionStatus',
    items: (pbx) => pbx.listHints().map(({ hint, status }) => extensionHeaders(hint, status)),
  }),
  listAction({
    name: 'PresenceStateList',
    synopsis: 'List the current known presence states.',
    classes: ['call', 'reporting'],
    requiresFullBoot: true,
    announcement: 'Presence State Changes will follow',
    event: 'PresenceStateChange',
    items: (pbx) =>
      Array.from(pbx.states.presences, ([provider, presence]) => presenceHeaders(provider, presence)),
  }),
  listAction({
    name: 'DeviceStateList',
    synopsis: 'List the current known device states.',
    classes: ['call', 'reporting'],
    requiresFullBoot: true,
    announcement: 'Device State Changes will follow',
    event: 'DeviceStateChange',
    items: (pbx) => Array.from(pbx.states.devices, ([device, state]) => deviceHeaders(device, state)),
  }),
  listAction({
    name: 'CoreShowChannels',
    synopsis: 'List currently active channels.',
    classes: ['system', 'reporting'],
    announcement: 'Channels will follow',
    event: 'CoreShowChannel',
    items: () => [],
  }),
];
