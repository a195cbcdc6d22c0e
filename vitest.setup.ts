import { vi } from 'vitest';

/** Milliseconds; what has to be faster says so itself. Vitest's own second is short where a machine has much else to do. */
const WAIT_TIMEOUT_MS = 10_000;

const { waitFor } = vi;
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, {
    timeout: WAIT_TIMEOUT_MS,
    ...(typeof options === 'number' ? { timeout: options } : options),
  });
