import { Session } from 'node:inspector';

/** What stands between an AMI socket and the board. */
const BORDER = /packages\/(?:ami|board)\/|gateway\/src\/pbx\/|asterisk-manager/;

/** Tells which blocks of code have run. */
export interface Coverage {
  /** How many blocks ran since the last time that never ran before. */
  news(): number;
  stop(): void;
}

/** Counts with V8's own block coverage, in this process. */
export function startCoverage(): Coverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Set<string>();

  return {
    news() {
      const before = seen.size;
      // The callback runs before `post` returns: the session is in this thread.
      session.post('Profiler.takePreciseCoverage', (_, taken) => {
        for (const { url, functions } of taken?.result ?? []) {
          if (!BORDER.test(url)) continue;
          for (const { ranges } of functions)
            for (const { startOffset, endOffset, count } of ranges)
              if (count > 0) seen.add(`${url}:${startOffset}:${endOffset}`);
        }
      });
      return seen.size - before;
    },
    stop: () => session.disconnect(),
  };
}
