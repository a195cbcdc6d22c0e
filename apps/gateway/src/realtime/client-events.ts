import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import type { Dispatch } from '../auth/dispatcher.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { failure } from '../platform/failure.ts';
import type { Sessions } from '../auth/sessions.ts';
import { throttle } from '../platform/throttle.ts';
import type { ClientSocket } from './io-server.ts';

/** One console sends so many events a second at most. */
const EVENT_LIMIT = { points: 50, duration: 1 };
const RECONNECT_INTERVAL_MS = 1000;

/** Takes whatever a console sends. `onResync`: it asks for the whole board. */
export type HandleClientEvents = (socket: ClientSocket, onResync: () => void) => void;

/** An event with an acknowledgement is a command, and always answered; of the others two mean something. */
export function createClientEvents({
  dispatch,
  sessions,
  reconnect,
  metrics,
}: {
  dispatch: Dispatch;
  sessions: Pick<Sessions, 'find'>;
  reconnect: () => void;
  metrics: Pick<Metrics, 'command'>;
}): HandleClientEvents {
  const throttledReconnect = throttle(RECONNECT_INTERVAL_MS, reconnect);
  const eventLimiter = new RateLimiterMemory(EVENT_LIMIT);

  return (socket, onResync) => {
    async function handle(name: string, args: readonly unknown[]): Promise<void> {
      const isOverLimit = (await consumeRateLimit(eventLimiter, socket.id)) !== null;
      const reply = args.at(-1);
      if (typeof reply === 'function') {
        if (isOverLimit) metrics.command(name, 'too-many');
        reply(
          isOverLimit
            ? failure('too-many', 'Too many at once. Nothing was changed.')
            : await dispatch(name, args[0], sessions.find(socket.data.sessionId)),
        );
      } else if (isOverLimit) return;
      else if (name === 'reconnect') throttledReconnect();
      else if (name === 'resync') onResync();
    }
    socket.onAny((name: string, ...args: unknown[]) => void handle(name, args));
  };
}
