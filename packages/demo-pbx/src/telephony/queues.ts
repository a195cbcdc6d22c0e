import type { Clock } from '../pbx/clock.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import type { Channel } from './channel.ts';
import type { Dialing } from './dialing.ts';

/** Members of a queue by its name: `PJSIP/1101`, or `Local/1103@default/n` with `phone` as the device that must be idle. */
export type QueueConfig = Readonly<Record<string, readonly QueueMember[]>>;

export interface QueueMember {
  destination: string;
  phone: string;
}

interface QueuesOptions {
  config: QueueConfig;
  clock: Clock;
  dialing: Dialing;
  deviceState: (device: string) => DeviceState;
  setDeviceState: (device: string, state: DeviceState) => void;
}

const RING_SECONDS = 15;
const RETRY_MS = 5000;

export type Queues = ReturnType<typeof createQueues>;

/** Rings all idle members at once for the caller who waits longest. */
export function createQueues({ config, clock, dialing, deviceState, setDeviceState }: QueuesOptions) {
  const waiting = new Map<string, Channel[]>();

  const callersOf = (queue: string): readonly Channel[] => waiting.get(queue) ?? [];

  function setCallers(queue: string, callers: Channel[]): void {
    waiting.set(queue, callers);
    setDeviceState(`Queue:${queue}`, callers.length > 0 ? 'RINGING' : 'NOT_INUSE');
  }

  return {
    /** Callers who wait, the longest first. */
    waiting: callersOf,
    /** Returns false for an unknown queue. */
    join(channel: Channel, queue: string): boolean {
      const members = config[queue];
      if (!members) return false;
      let cancel = (): void => undefined;
      let ringing = false;

      function leave(): void {
        cancel();
        setCallers(
          queue,
          callersOf(queue).filter((caller) => caller !== channel),
        );
      }

      function tryMembers(): void {
        const idle = members?.filter(({ phone }) => deviceState(phone) === 'NOT_INUSE') ?? [];
        cancel = clock.after(RETRY_MS, tryMembers);
        if (callersOf(queue)[0] !== channel || idle.length === 0) return;
        cancel();
        ringing = true;
        const stopRinging = dialing.dial(channel, {
          destinations: idle.map(({ destination }) => destination),
          application: 'AppQueue',
          seconds: RING_SECONDS,
          onAnswer() {
            channel.stop = () => undefined;
            ringing = false;
            leave();
          },
          onEnd() {
            ringing = false;
            cancel = clock.after(RETRY_MS, tryMembers);
          },
        });
        if (ringing) cancel = stopRinging;
      }

      setCallers(queue, [...callersOf(queue), channel]);
      channel.stop = leave;
      tryMembers();
      return true;
    },
  };
}
