import type { Channel } from '../telephony/channel.ts';
import type { Action, SessionControl } from './action.ts';
import { actionIdHeaders, formatResponse, type Headers, formatBlock } from './blocks.ts';
import { channelHeaders, parkedCallHeaders } from './call-events.ts';
import { deviceHeaders, extensionHeaders, presenceHeaders } from './event-headers.ts';

interface ListAction extends Omit<Action, 'run'> {
  announcement: string;
  /** Event name of an item. */
  event: string;
  items: (session: SessionControl) => readonly Headers[];
  /** The items end with the ActionID, and the last block has the count twice. */
  endsWithId?: boolean;
}

/** An action whose reply is one event per item and a last one with their count. */
function listAction({ announcement, event, items, endsWithId = false, ...action }: ListAction): Action {
  return {
    ...action,
    run(session, message) {
      const id = actionIdHeaders(message);
      const entries = items(session);
      const total = String(entries.length);
      const count = { EventList: 'Complete', ListItems: total, ...(endsWithId && { Total: total }) };
      // An item has the action's id instead of `Privilege`.
      const blocks = [
        formatResponse(message, { EventList: 'start', Message: announcement }),
        ...entries.map((entry) =>
          formatBlock(endsWithId ? { Event: event, ...entry, ...id } : { Event: event, ...id, ...entry }),
        ),
        formatBlock({ Event: `${action.name}Complete`, ...id, ...count }),
      ];
      session.send(blocks.join(''));
    },
  };
}

function formatDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function listedChannel(channel: Channel, timestamp: number): Headers {
  return {
    ...channelHeaders(channel),
    Application: channel.application,
    ApplicationData: channel.data,
    Duration: formatDuration(timestamp - channel.createdAt),
    BridgeId: channel.bridge?.id ?? '',
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
    items: ({ pbx }) => pbx.listHints().map(({ hint, status }) => extensionHeaders(hint, status)),
  }),
  listAction({
    name: 'PresenceStateList',
    synopsis: 'List the current known presence states.',
    classes: ['call', 'reporting'],
    requiresFullBoot: true,
    announcement: 'Presence State Changes will follow',
    event: 'PresenceStateChange',
    items: ({ pbx }) =>
      Array.from(pbx.states.presences, ([provider, presence]) => presenceHeaders(provider, presence)),
  }),
  listAction({
    name: 'DeviceStateList',
    synopsis: 'List the current known device states.',
    classes: ['call', 'reporting'],
    requiresFullBoot: true,
    announcement: 'Device State Changes will follow',
    event: 'DeviceStateChange',
    items: ({ pbx }) => Array.from(pbx.states.devices, ([device, state]) => deviceHeaders(device, state)),
  }),
  listAction({
    name: 'CoreShowChannels',
    synopsis: 'List currently active channels.',
    classes: ['system', 'reporting'],
    announcement: 'Channels will follow',
    event: 'CoreShowChannel',
    items({ telephony: { channels } }) {
      const timestamp = channels.timestamp();
      return channels.all().map((channel) => listedChannel(channel, timestamp));
    },
  }),
  listAction({
    name: 'ParkedCalls',
    synopsis: 'List parked calls.',
    classes: ['call'],
    requiresFullBoot: true,
    announcement: 'Parked calls will follow',
    event: 'ParkedCall',
    endsWithId: true,
    items: ({ telephony }) => telephony.parkingLot.all().map((parked) => parkedCallHeaders(parked)),
  }),
];
