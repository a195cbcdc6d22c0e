import { afterAll, beforeAll, describe } from 'vitest';

/** Starts a resource before the tests of a suite and stops it after them; returns its getter. */
export function startForSuite<T extends { stop(): unknown }>(start: () => Promise<T>): () => T {
  let started: T | undefined;
  beforeAll(async () => void (started = await start()));
  // What `beforeAll` returns is not called if a later one fails.
  afterAll(async () => void (await started?.stop()));
  return () => {
    if (started === undefined) throw new Error('It is not started yet.');
    return started;
  };
}

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
      options.declare(startForSuite(start));
    });
  }
}
