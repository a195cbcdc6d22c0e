import { COMMAND_TIMEOUT_MS, type Failure } from '@lampboard/protocol';
import type * as z from 'zod/mini';
import { basePath } from './base-path.ts';

/** `retryAfter`: seconds from the `Retry-After` header; null without one. */
export interface HttpReply<T> {
  readonly reply: T | Failure;
  readonly retryAfter: number | null;
}

/** The gateway replies within {@link COMMAND_TIMEOUT_MS}; checking a password and the network take longer. */
const RESPONSE_TIMEOUT_MS = COMMAND_TIMEOUT_MS + 3000;

const timedOut = (message: string): Failure => ({ ok: false, code: 'timeout', message });
const NO_RESPONSE = timedOut(
  'The Lampboard gateway is not responding, so it is not known whether anything was changed. Check the network, and compare before you try again.',
);
const INVALID_RESPONSE = timedOut(
  'The gateway sent an invalid reply, so it is not known whether anything was changed. Reload the page before you try again.',
);

/** Returns the seconds of a `Retry-After` header; a date counts as none. */
const parseRetryAfter = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/u.test(header) ? Number(header) : null;

/** Returns a function that sends a request, a POST where there is a `body`, and validates the reply. */
export function createHttpClient(fetch: typeof globalThis.fetch) {
  return async <T>(path: string, schema: z.ZodMiniType<T>, body?: object): Promise<HttpReply<T>> => {
    let response: Response;
    let payload: unknown;
    try {
      response = await fetch(`${basePath()}${path}`, {
        signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
        // A GET without headers matches the preload in index.html.
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
    } catch {
      return { reply: NO_RESPONSE, retryAfter: null };
    }
    try {
      payload = await response.json();
    } catch {
      // A reverse proxy's error page while the gateway is down.
      return { reply: response.status >= 500 ? NO_RESPONSE : INVALID_RESPONSE, retryAfter: null };
    }
    const reply = schema.safeParse(payload);
    return {
      reply: reply.success ? reply.data : INVALID_RESPONSE,
      retryAfter: parseRetryAfter(response.headers.get('retry-after')),
    };
  };
}
