import type { Clock } from '../pbx/clock.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import type { Bridges } from './bridges.ts';
import type { CallControl } from './call-control.ts';
import type { CallEvent } from './call-event.ts';
import type { Bridge, Channel } from './channel.ts';
import type { Channels } from './channels.ts';

/** The lot `default`, as in res_parking.conf. */
export interface ParkingConfig {
  first: number;
  last: number;
  seconds: number;
}

export interface ParkedCall {
  readonly channel: Channel;
  readonly slot: string;
  /** The device that parked the call, and is rung after the time-out. */
  readonly parker: string;
  readonly secondsLeft: number;
  readonly secondsParked: number;
}

interface ParkingLotOptions {
  config: ParkingConfig;
  clock: Clock;
  channels: Channels;
  bridges: Bridges;
  control: CallControl;
  emit: (event: CallEvent) => void;
  setDeviceState: (device: string, state: DeviceState) => void;
}

export const PARK_DIAL_CONTEXT = 'park-dial';

export type ParkingLot = ReturnType<typeof createParkingLot>;

/** Slots whose hints are `park:701@parkedcalls`. All parked calls share one bridge. */
export function createParkingLot(options: ParkingLotOptions) {
  const { config, clock, channels, bridges, control, emit, setDeviceState } = options;
  const slots = new Map<string, { channel: Channel; parker: string; parkedAt: number; free: () => void }>();
  let shared: Bridge | undefined;

  function parkedCall(slot: string): ParkedCall | undefined {
    const entry = slots.get(slot);
    if (!entry) return undefined;
    const { channel, parker, parkedAt } = entry;
    const secondsParked = Math.floor((clock.now() - parkedAt) / 1000);
    return { channel, slot, parker, secondsParked, secondsLeft: config.seconds - secondsParked };
  }

  function freeSlot(): string | undefined {
    for (let slot = config.first; slot <= config.last; slot += 1)
      if (!slots.has(String(slot))) return String(slot);
    return undefined;
  }

  /** Frees the slot and returns its call, still in the shared bridge. */
  function take(slot: string): ParkedCall | undefined {
    const parked = parkedCall(slot);
    slots.get(slot)?.free();
    return parked;
  }

  /** Rings the parker; the extension is the device, with `_` for `/`. */
  function returnCall(slot: string): void {
    const parked = take(slot);
    if (!parked) return;
    const { channel } = parked;
    channel.stop = () => undefined;
    channel.exten = parked.parker.replace('/', '_');
    channel.context = PARK_DIAL_CONTEXT;
    emit({ event: 'ParkedCallTimeOut', parked });
    bridges.leave(channel);
    channels.restartRecord(channel);
    control.execute(channel, channel.exten, channel.context);
  }

  return {
    all: () => [...slots.keys()].toSorted().flatMap((slot) => parkedCall(slot) ?? []),
    slotOf: (channel: Channel) => [...slots].find(([, parked]) => parked.channel === channel)?.[0],
    /** Parks a channel that is in no bridge; undefined where no slot is free. */
    park(channel: Channel, parker: string): string | undefined {
      const slot = freeSlot();
      if (slot === undefined) return undefined;
      const device = `park:${slot}@parkedcalls`;
      control.interrupt(channel);
      channels.restartRecord(channel);
      const cancelTimeout = clock.after(config.seconds * 1000, () => returnCall(slot));
      const free = (): void => {
        cancelTimeout();
        slots.delete(slot);
        setDeviceState(device, 'NOT_INUSE');
      };
      slots.set(slot, { channel, parker, parkedAt: clock.now(), free });
      channel.stop = () => {
        const parked = take(slot);
        if (parked) emit({ event: 'ParkedCallGiveUp', parked });
      };
      const parked = parkedCall(slot);
      if (parked) emit({ event: 'ParkedCall', parked });
      setDeviceState(device, 'INUSE');
      shared ??= bridges.create('parking', 'default');
      bridges.enter(shared, channel);
      return slot;
    },
    /** Connects the caller of the slot with the retriever; false where the slot is empty. */
    retrieve(slot: string, retriever: Channel): boolean {
      const parked = take(slot);
      if (!parked) return false;
      const { channel } = parked;
      channel.stop = () => undefined;
      const bridge = bridges.create('basic');
      emit({ event: 'UnParkedCall', parked, retriever });
      bridges.leave(channel);
      channels.restartRecord(channel);
      bridges.enter(bridge, channel);
      bridges.enter(bridge, retriever);
      channels.setConnected(retriever, channel.caller);
      channels.setConnected(channel, retriever.caller);
      return true;
    },
  };
}
