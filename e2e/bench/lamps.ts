import { setTimeout as delay } from 'node:timers/promises';
import type { RealAsterisk } from '../asterisk/start-asterisk.ts';
import { openAmiLine } from './ami-line.ts';
import { type Change, STATES } from './lamp-states.ts';
import { now } from './measure.ts';

/** Changes the lamps of `Custom:lamp<exten>`, each time to its next state, through a session of its own. */
export interface Lamps {
  /** Sends the change, without waiting for anything; `at` is the moment before. */
  change(exten: string): Change;
  /** Random extensions at random moments, so many a second on average, for so many milliseconds. */
  play(options: { extens: readonly string[]; perSecond: number; ms: number }): Promise<Change[]>;
  stop(): Promise<void>;
}

export async function openLamps({ amiPort, users }: Pick<RealAsterisk, 'amiPort' | 'users'>): Promise<Lamps> {
  const line = await openAmiLine({
    port: amiPort,
    user: users.control,
    hears: false,
    onBytes: () => undefined,
  });
  const places = new Map<string, number>();

  function change(exten: string): Change {
    const place = ((places.get(exten) ?? -1) + 1) % STATES.length;
    places.set(exten, place);
    const at = now();
    const value = STATES[place]?.device ?? '';
    line.write(`Action: Setvar\r\nVariable: DEVICE_STATE(Custom:lamp${exten})\r\nValue: ${value}\r\n\r\n`);
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
    stop: async () => line.close(),
  };
}
