import type { Connection } from './connection.ts';

/**
 * Resolves as soon as a Ping stays unanswered for `timeoutMs`: a network that drops packets, or a stopped Asterisk,
 * sends no FIN. Never resolves while the link is sound; `signal` ends the watch.
 */
export function watchSilence({
  connection,
  everyMs,
  timeoutMs,
  signal,
}: {
  connection: Connection;
  everyMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<void> {
  return new Promise((resolve) => {
    let waiting = false;
    const timer = setInterval(() => {
      if (!waiting) void ping();
    }, everyMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });

    async function ping(): Promise<void> {
      waiting = true;
      const answer = await connection.request({ Action: 'Ping' }, { isList: false, timeoutMs });
      waiting = false;
      if (!answer.ok && answer.code === 'timeout') resolve();
    }
  });
}
