import { RateLimiterMemory } from 'rate-limiter-flexible';
import { secondsToWait } from '../seconds-to-wait.ts';
import type { Dispatch } from '../commands/commands.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { atMostEvery } from './at-most-every.ts';
import type { ConsoleSocket } from './audience.ts';

/** One console sends so many events a second at most. */
const EVENTS = { points: 50, duration: 1 };
const RECONNECT_MS = 1000;

/** Takes whatever a console sends. `onResync`: it asks for the whole board. */
export type TakeEvents = (socket: ConsoleSocket, onResync: () => void) => void;

/** An event with an acknowledgement is a command, and always answered; of the others two mean something. */
export function createTakeEvents({
  dispatch,
  sessions,
  reconnect,
  metrics,
}: {
  dispatch: Dispatch;
  sessions: Pick<Sessions, 'find'>;
  reconnect: () => void;
  metrics: Pick<Metrics, 'command'>;
}): TakeEvents {
  const reconnectSoon = atMostEvery(RECONNECT_MS, reconnect);
  const events = new RateLimiterMemory(EVENTS);

  return (socket, onResync) => {
    async function take(name: string, args: readonly unknown[]): Promise<void> {
      const isTooMany = (await secondsToWait(events, socket.id)) !== null;
      const reply = args.at(-1);
      if (typeof reply === 'function') {
        if (isTooMany) metrics.command(name, 'too-many');
        reply(
          isTooMany
            ? refuse('too-many', 'Too many at once. Nothing was changed.')
            : await dispatch(name, args[0], sessions.find(socket.data.sessionId)),
        );
      } else if (isTooMany) return;
      else if (name === 'reconnect') reconnectSoon();
      else if (name === 'resync') onResync();
    }
    socket.onAny((name: string, ...args: unknown[]) => void take(name, args));
  };
}
