import { vi } from 'vitest';

/** Vitest's default of a second is short on a busy machine. */
const WAIT_TIMEOUT_MS = 10_000;

const { waitFor } = vi;
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, {
    timeout: WAIT_TIMEOUT_MS,
    ...(typeof options === 'number' ? { timeout: options } : options),
  });
