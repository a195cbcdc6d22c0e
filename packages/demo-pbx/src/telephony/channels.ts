import { type Clock, timestampOf } from '../pbx/clock.ts';
import { type DeviceState, aggregateStates } from '../pbx/device-state.ts';
import type { CallEvent } from './call-event.ts';
import { type CallerId, type Channel, type ChannelState, deviceStateOf, UNKNOWN_CALLER } from './channel.ts';

interface ChannelsOptions {
  clock: Clock;
  emit: (event: CallEvent) => void;
  /** Sets the state of a device by its channels; undefined where it has none. */
  setCallState: (device: string, state: DeviceState | undefined) => void;
}

interface NewChannel {
  /** Technology and endpoint, such as `PJSIP/1101`. */
  device: string;
  /** `;1` or `;2` of a Local. */
  end?: string;
  state: ChannelState;
  caller: CallerId;
  withheld?: boolean;
  context: string;
  exten: string;
  /** The channel whose call it belongs to. */
  linkedTo?: Channel | undefined;
}

export type Channels = ReturnType<typeof createChannels>;

/** Creates the channels of a PBX, in order of creation. Devices follow them. */
export function createChannels({ clock, emit, setCallState }: ChannelsOptions) {
  const channels = new Map<string, Channel>();
  const byDevice = new Map<string, Set<Channel>>();
  const suffixes = new Map<string, number>();
  let created = 0;
  let ageMs = 0;
  const timestamp = (): number => timestampOf(clock) - ageMs;

  function nextSuffix(technology: string): string {
    const number = suffixes.get(technology) ?? 0;
    suffixes.set(technology, number + 1);
    return number.toString(16).padStart(8, '0');
  }

  function updateDevice(device: string): void {
    const states = [...(byDevice.get(device) ?? [])].map(deviceStateOf);
    setCallState(device, states.length === 0 ? undefined : aggregateStates(states));
  }

  function add(options: NewChannel, suffix: string): Channel {
    const { device, end = '', state, caller, withheld = false, context, exten, linkedTo } = options;
    const createdAt = timestamp();
    const uniqueid = `${Math.floor(createdAt / 1000)}.${(created += 1)}`;
    const channel: Channel = {
      name: `${device}-${suffix}${end}`,
      device,
      uniqueid,
      linkedid: linkedTo?.linkedid ?? uniqueid,
      createdAt,
      record: { startedAt: createdAt },
      state,
      caller,
      connected: UNKNOWN_CALLER,
      withheld,
      context,
      exten,
      priority: 1,
      application: '',
      data: '',
      stop: () => undefined,
      onDigit: () => undefined,
      hungUp: false,
    };
    channels.set(channel.name, channel);
    byDevice.set(device, (byDevice.get(device) ?? new Set()).add(channel));
    emit({ event: 'Newchannel', channel });
    updateDevice(device);
    return channel;
  }

  return {
    all: () => [...channels.values()],
    find: (name: string) => channels.get(name),
    of: (device: string) => [...(byDevice.get(device) ?? [])],
    timestamp,
    /** Runs `start` as if that were some time ago. */
    backdate(ms: number, start: () => void): void {
      ageMs = ms;
      start();
      ageMs = 0;
    },
    updateDevice,
    create(options: NewChannel): Channel {
      return add(options, nextSuffix(options.device.split('/', 1)[0] ?? ''));
    },
    /** Creates both ends of a Local: the first is dialled, the second runs the dialplan. */
    createLocal(exten: string, context: string, caller: Channel, persistent: boolean) {
      const suffix = nextSuffix('Local');
      const both = { device: `Local/${exten}@${context}`, context, exten, linkedTo: caller };
      const one = add({ ...both, end: ';1', state: 'Down', caller: UNKNOWN_CALLER }, suffix);
      const two = add({ ...both, end: ';2', state: 'Ring', caller: caller.caller }, suffix);
      Object.assign(one, { twin: two, persistent });
      Object.assign(two, { twin: one, persistent });
      return { one, two };
    },
    setState(channel: Channel, state: ChannelState): void {
      if (channel.state === state) return;
      channel.state = state;
      if (state === 'Up') channel.record.answeredAt ??= timestamp();
      emit({ event: 'Newstate', channel });
      updateDevice(channel.device);
    },
    setConnected(channel: Channel, connected: CallerId): void {
      const { number, name } = channel.connected;
      if (number === connected.number && name === connected.name) return;
      channel.connected = connected;
      emit({ event: 'NewConnectedLine', channel });
    },
    /** Begins another detail record, as a transfer does. */
    restartRecord(channel: Channel): void {
      const startedAt = timestamp();
      channel.record = { startedAt, ...(channel.state === 'Up' && { answeredAt: startedAt }) };
    },
    remove(channel: Channel, cause: number): void {
      channels.delete(channel.name);
      const others = byDevice.get(channel.device);
      others?.delete(channel);
      if (others?.size === 0) byDevice.delete(channel.device);
      emit({ event: 'Hangup', channel, cause });
      updateDevice(channel.device);
    },
  };
}
