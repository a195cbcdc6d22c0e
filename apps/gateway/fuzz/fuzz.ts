import { Session } from 'node:inspector';
import { createRandom } from '@lampboard/demo-pbx';
import { createMetrics } from '../src/metrics/metrics.ts';
import { mutate } from './mutate.ts';
import { runScript } from './run-script.ts';
import type { Step } from './script.ts';

/** Code between the AMI socket and the board. */
const COVERED_SOURCES =
  /packages\/(?:ami|model)\/|gateway\/src\/(?:asterisk|board|extensions)\/|asterisk-manager/;

/** Starts V8's block coverage of this process. */
function startCoverage() {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Set<string>();

  return {
    /** Returns the number of blocks that ran for the first time since the last call. */
    newBlocks() {
      const sizeBefore = seen.size;
      // The callback runs before `post` returns: the session is in this thread.
      session.post('Profiler.takePreciseCoverage', (_, profile) => {
        for (const { url, functions } of profile?.result ?? []) {
          if (!COVERED_SOURCES.test(url)) continue;
          for (const { ranges } of functions)
            for (const { startOffset, endOffset, count } of ranges)
              if (count > 0) seen.add(`${url}:${startOffset}:${endOffset}`);
        }
      });
      return seen.size - sizeBefore;
    },
    stop: () => session.disconnect(),
  };
}

/** Time limit for minimizing a finding. */
const MINIMIZE_MS = 3000;

type Script = readonly Step[];

export interface Outcome {
  readonly runs: number;
  /** Scripts that covered new code. */
  readonly scriptsAdded: number;
  readonly found: { readonly problem: string; readonly script: Script } | null;
}

interface FuzzOptions {
  corpus: readonly Script[];
  seed: number;
  ms: number;
  onScriptAdded?: (script: Script) => void;
}

/** Runs the corpus, then mutations for `ms` milliseconds, the same for a seed; stops at a finding, minimized. */
export async function fuzz({ corpus, seed, ms, onScriptAdded = () => {} }: FuzzOptions): Promise<Outcome> {
  const random = createRandom({ seed });
  const metrics = createMetrics();
  const coverage = startCoverage();
  const scripts = [...corpus];
  let runs = 0;
  let scriptsAdded = 0;

  async function run(script: Script): Promise<string | null> {
    runs += 1;
    return runScript({ script, random, metrics });
  }

  async function minimize(script: Script): Promise<Script> {
    let minimal = script;
    const end = performance.now() + MINIMIZE_MS;
    for (let index = script.length - 1; index >= 0 && performance.now() < end; index -= 1) {
      const candidate = minimal.toSpliced(index, 1);
      if ((await run(candidate)) !== null) minimal = candidate;
    }
    return minimal;
  }

  try {
    for (const script of corpus) {
      const problem = await run(script);
      if (problem !== null) return { runs, scriptsAdded, found: { problem, script } };
    }
    coverage.newBlocks();
    for (const end = performance.now() + ms; performance.now() < end;) {
      const script = mutate(scripts, random);
      const problem = await run(script);
      if (problem !== null) return { runs, scriptsAdded, found: { problem, script: await minimize(script) } };
      if (coverage.newBlocks() === 0) continue;
      scriptsAdded += 1;
      scripts.push(script);
      onScriptAdded(script);
    }
    return { runs, scriptsAdded, found: null };
  } finally {
    coverage.stop();
  }
}
