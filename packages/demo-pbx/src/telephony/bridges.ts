import type { CallEvent } from './call-event.ts';
import { type Bridge, type Channel, farEndOf } from './channel.ts';
import type { Channels } from './channels.ts';

/** Uniqueids are seconds and a counter. */
function isOlder(a: string, b: string): boolean {
  const [aSeconds = 0, aCount = 0] = a.split('.').map(Number);
  const [bSeconds = 0, bCount = 0] = b.split('.').map(Number);
  return aSeconds < bSeconds || (aSeconds === bSeconds && aCount < bCount);
}

interface BridgesOptions {
  channels: Channels;
  emit: (event: CallEvent) => void;
  /** Both ends of a Local are connected with each other, and with nobody else. */
  onLoop: (channel: Channel) => void;
}

export type Bridges = ReturnType<typeof createBridges>;

export function createBridges({ channels, emit, onLoop }: BridgesOptions) {
  let created = 0;

  /** All channels of a call take the oldest Linkedid. */
  function mergeLinkedids({ channels: members }: Bridge): void {
    const ids = Array.from(members, ({ linkedid }) => linkedid);
    const oldest = ids.reduce((a, b) => (isOlder(b, a) ? b : a));
    for (const member of members) member.linkedid = oldest;
  }

  function create(kind: Bridge['kind'], name = ''): Bridge {
    const id = `00000000-0000-4000-8000-${(created += 1).toString(16).padStart(12, '0')}`;
    const bridge: Bridge = { id, kind, name, channels: new Set() };
    emit({ event: 'BridgeCreate', bridge });
    return bridge;
  }

  function release(channel: Channel): void {
    const held = channel.holds;
    if (!held) return;
    channel.holds = undefined;
    held.heldBy = undefined;
    channels.updateDevice(held.device);
  }

  function leave(channel: Channel): void {
    const { bridge } = channel;
    if (!bridge) return;
    release(channel);
    if (channel.heldBy) release(channel.heldBy);
    bridge.channels.delete(channel);
    channel.bridge = undefined;
    emit({ event: 'BridgeLeave', bridge, channel });
    if (bridge.channels.size === 0 && bridge.kind !== 'parking') emit({ event: 'BridgeDestroy', bridge });
  }

  function enter(bridge: Bridge, channel: Channel, swapped?: Channel): void {
    if (swapped) leave(swapped);
    bridge.channels.add(channel);
    channel.bridge = bridge;
    if (bridge.kind === 'basic') mergeLinkedids(bridge);
    emit({ event: 'BridgeEnter', bridge, channel, swapped });
    if (bridge.kind === 'basic' && channel.twin?.bridge === bridge) onLoop(channel);
  }

  return {
    create,
    enter,
    leave,
    /** Connects two channels; the called one enters first. */
    connect(called: Channel, caller: Channel): void {
      const bridge = create('basic');
      enter(bridge, called);
      enter(bridge, caller);
    },
    /** The channel presses hold: the other party is on hold. */
    hold(channel: Channel): void {
      const held = farEndOf(channel);
      if (!held || channel.holds) return;
      channel.holds = held;
      held.heldBy = channel;
      emit({ event: 'Hold', channel });
      channels.updateDevice(held.device);
    },
    resume(channel: Channel): void {
      if (!channel.holds) return;
      emit({ event: 'Unhold', channel });
      release(channel);
    },
  };
}
