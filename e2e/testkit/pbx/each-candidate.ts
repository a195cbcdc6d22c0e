import { afterAll, beforeAll, describe } from 'vitest';

/** A system under test, or why it is unavailable on this machine. */
export interface Candidate<T> {
  name: string;
  missing?: string;
  start: () => Promise<T>;
}

/**
 * Declares the suite for each candidate, which is started before and stopped after it. A missing candidate
 * fails its suite if CI=true; otherwise it is skipped with a message.
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
