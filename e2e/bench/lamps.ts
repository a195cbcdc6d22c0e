import { setTimeout as delay } from 'node:timers/promises';
import type { RealAsterisk } from '../asterisk/start-asterisk.ts';
import { openAmiLine } from './ami-line.ts';
import { type Change, STATES } from './lamp-states.ts';
import { now } from './measure.ts';

/** The ActionID after which nothing more is answered. */
const LAST = 'ActionID: last';

/** Changes the lamps of `Custom:lamp<exten>`, each time to its next state, through a session of its own. */
export interface Lamps {
  /** Sends the change, without waiting for anything; `at` is the moment before. */
  change(exten: string): Change;
  /** Random extensions at random moments, so many a second on average, for so many milliseconds. */
  play(options: { extens: readonly string[]; perSecond: number; ms: number }): Promise<Change[]>;
  /** So many changes, one extension after the other, all at once; resolves when Asterisk has taken the last. */
  flood(extens: readonly string[], changes: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openLamps({ amiPort, users }: Pick<RealAsterisk, 'amiPort' | 'users'>): Promise<Lamps> {
  let onLastAnswer = () => {};
  let tail = '';
  const line = await openAmiLine({
    port: amiPort,
    user: users.control,
    hears: false,
    onBytes(bytes) {
      tail = (tail + bytes.toString('latin1')).slice(-LAST.length - bytes.length);
      if (tail.includes(LAST)) onLastAnswer();
    },
  });
  const places = new Map<string, number>();

  function next(exten: string): { place: number; action: string } {
    const place = ((places.get(exten) ?? -1) + 1) % STATES.length;
    places.set(exten, place);
    const value = STATES[place]?.device ?? '';
    const action = `Action: Setvar\r\nVariable: DEVICE_STATE(Custom:lamp${exten})\r\nValue: ${value}\r\n\r\n`;
    return { place, action };
  }

  function change(exten: string): Change {
    const { place, action } = next(exten);
    const at = now();
    line.write(action);
    return { exten, place, at };
  }

  return {
    change,
    async play({ extens, perSecond, ms }) {
      const changes: Change[] = [];
      const end = now() + ms;
      let due = now();
      let turn = 0;
      while (due < end) {
        for (; due <= now(); due += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
          changes.push(change(extens[turn++ % extens.length] ?? ''));
        }
        await delay(Math.max(0, due - now()));
      }
      return changes;
    },
    async flood(extens, changes) {
      const actions = Array.from(
        { length: changes },
        (_, index) => next(extens[index % extens.length] ?? '').action,
      );
      await new Promise<void>((resolve) => {
        onLastAnswer = resolve;
        line.write(`${actions.join('')}Action: Ping\r\n${LAST}\r\n\r\n`);
      });
    },
    stop: async () => line.close(),
  };
}
