import type { Pbx } from '../pbx/pbx.ts';
import type { Action } from './action.ts';
import { actionIdHeaders, formatResponse, type Headers, formatBlock } from './blocks.ts';
import { deviceHeaders, extensionHeaders, presenceHeaders } from './event-headers.ts';

interface ListAction extends Omit<Action, 'run'> {
  announcement: string;
  /** Event name of an item. */
  event: string;
  items: (pbx: Pbx) => readonly Headers[];
}

/** An action whose reply is one event per item and a last one with their count. */
function listAction({ announcement, event, items, ...action }: ListAction): Action {
  return {
    ...action,
    run({ pbx, send }, message) {
      const id = actionIdHeaders(message);
      const entries = items(pbx);
      const count = { EventList: 'Complete', ListItems: String(entries.length) };
      // An item has the action's id instead of `Privilege`.
      const blocks = [
        formatResponse(message, { EventList: 'start', Message: announcement }),
        ...entries.map((entry) => formatBlock({ Event: event, ...id, ...entry })),
        formatBlock({ Event: `${action.name}Complete`, ...id, ...count }),
      ];
      send(blocks.join(''));
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
