import { expect, it } from 'vitest';
import { fuzzCalls } from './fuzz-calls.ts';

it('[CL4] of 10,000 callers that type lists, items and answers, none changes the line of another', async () => {
  expect(await fuzzCalls({ seed: 1, inputs: 10_000 })).toBeNull();
}, 180_000);
