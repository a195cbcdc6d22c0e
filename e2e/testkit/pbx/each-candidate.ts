import { afterAll, beforeAll, describe } from 'vitest';

/** Something to test against, and why it can't be had on this machine, if it can't. */
export interface Candidate<T> {
  name: string;
  missing?: string;
  start: () => Promise<T>;
}

/**
 * Declares the suite once for each candidate, which is started before its suite and stopped after it. Where CI=true a
 * candidate that is missing fails its suite at the start; elsewhere it is skipped, and says so.
 */
export function describeEachCandidate<T extends { stop(): Promise<void> }>(options: {
  candidates: readonly Candidate<T>[];
  declare: (candidate: () => T) => void;
}): void {
  for (const { name, missing, start } of options.candidates) {
    const skipped = missing !== undefined && process.env['CI'] !== 'true';
    if (skipped) process.stderr.write(`\n!!! SKIPPED: every test on ${name}: ${missing}\n\n`);
    describe.skipIf(skipped)(`${name}${skipped ? ` – SKIPPED: ${missing}` : ''}`, () => {
      let started: T | undefined;
      beforeAll(async () => {
        started = await start();
      });
      afterAll(async () => started?.stop());
      options.declare(() => {
        if (started === undefined) throw new Error(`${name} did not start`);
        return started;
      });
    });
  }
}
