import { createRandom } from '@lampboard/demo-pbx';
import { createMetrics } from '../metrics/metrics.ts';
import { startCoverage } from './coverage.ts';
import { mutate } from './mutate.ts';
import { play } from './play.ts';
import type { Step } from './script.ts';

/** A finding is made shorter for so long. */
const SHORTEN_MS = 3000;

type Script = readonly Step[];

export interface Outcome {
  readonly runs: number;
  /** Scripts that made code run which none before had. */
  readonly kept: number;
  readonly found: { readonly what: string; readonly script: Script } | null;
}

/**
 * Plays the corpus, then changed scripts of it for so many milliseconds, and keeps those that make new code run; the
 * same seed changes them in the same way. Ends with the first finding, made shorter.
 */
export async function fuzz({
  corpus,
  seed,
  ms,
  onKept = () => {},
}: {
  corpus: readonly Script[];
  seed: number;
  ms: number;
  onKept?: (script: Script) => void;
}): Promise<Outcome> {
  const random = createRandom({ seed });
  const metrics = createMetrics();
  const coverage = startCoverage();
  const scripts = [...corpus];
  let runs = 0;
  let kept = 0;

  async function run(script: Script): Promise<string | null> {
    runs += 1;
    return play({ script, random, metrics });
  }

  async function shorten(script: Script): Promise<Script> {
    let shortest = script;
    const end = performance.now() + SHORTEN_MS;
    for (let at = script.length - 1; at >= 0 && performance.now() < end; at -= 1) {
      const shorter = shortest.toSpliced(at, 1);
      if ((await run(shorter)) !== null) shortest = shorter;
    }
    return shortest;
  }

  try {
    for (const script of corpus) {
      const what = await run(script);
      if (what !== null) return { runs, kept, found: { what, script } };
    }
    coverage.news();
    for (const end = performance.now() + ms; performance.now() < end;) {
      const script = mutate(scripts, random);
      const what = await run(script);
      if (what !== null) return { runs, kept, found: { what, script: await shorten(script) } };
      if (coverage.news() === 0) continue;
      kept += 1;
      scripts.push(script);
      onKept(script);
    }
    return { runs, kept, found: null };
  } finally {
    coverage.stop();
  }
}
