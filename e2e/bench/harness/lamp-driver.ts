import { setTimeout as delay } from 'node:timers/promises';
import type { RealAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { openRawAmiReader } from '../../testkit/ami/raw-ami-client.ts';
import { type Change, STATES } from './state-log.ts';
import { now } from './measure.ts';

const LAST_ACTION_ID = 'ActionID: last';

/** Changes the lamps of `Custom:lamp<exten>`, each to its next state, through its own AMI session. */
export type LampDriver = Awaited<ReturnType<typeof openLampDriver>>;

export async function openLampDriver({ amiPort, users }: Pick<RealAsterisk, 'amiPort' | 'users'>) {
  let onLastResponse = () => {};
  let tail = '';
  const socket = await openRawAmiReader(amiPort, users.control, 'off', (bytes) => {
    tail = (tail + bytes.toString('latin1')).slice(-LAST_ACTION_ID.length - bytes.length);
    if (tail.includes(LAST_ACTION_ID)) onLastResponse();
  });
  const stateIndexes = new Map<string, number>();

  function next(exten: string): { stateIndex: number; action: string } {
    const stateIndex = ((stateIndexes.get(exten) ?? -1) + 1) % STATES.length;
    stateIndexes.set(exten, stateIndex);
    const value = STATES[stateIndex]?.device ?? '';
    const action = `Action: Setvar\r\nVariable: DEVICE_STATE(Custom:lamp${exten})\r\nValue: ${value}\r\n\r\n`;
    return { stateIndex, action };
  }

  function change(exten: string): Change {
    const { stateIndex, action } = next(exten);
    const timestamp = now();
    socket.write(action);
    return { exten, stateIndex, timestamp };
  }

  return {
    /** Sends the change without waiting; `timestamp` is the moment before. */
    change,
    /** Changes extensions at exponentially distributed intervals for `ms` milliseconds. */
    async changeRandomly({
      extens,
      perSecond,
      ms,
    }: {
      extens: readonly string[];
      perSecond: number;
      ms: number;
    }) {
      const changes: Change[] = [];
      const end = now() + ms;
      let due = now();
      let position = 0;
      while (due < end) {
        for (; due <= now(); due += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
          changes.push(change(extens[position++ % extens.length] ?? ''));
        }
        await delay(Math.max(0, due - now()));
      }
      return changes;
    },
    /** Sends all changes at once, extensions in rotation; resolves when Asterisk has accepted the last. */
    async changeAll(extens: readonly string[], changes: number) {
      const actions = Array.from(
        { length: changes },
        (_, index) => next(extens[index % extens.length] ?? '').action,
      );
      await new Promise<void>((resolve) => {
        onLastResponse = resolve;
        socket.write(`${actions.join('')}Action: Ping\r\n${LAST_ACTION_ID}\r\n\r\n`);
      });
    },
    stop: async () => void socket.destroy(),
  };
}
