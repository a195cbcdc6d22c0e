import { COMMAND_TIMEOUT_MS, type Failure } from '@lampboard/protocol';
import type * as z from 'zod/mini';

/** What came back; `retryAfter` is the seconds that the gateway asks to wait, null where it asks for none. */
export interface Answer<T> {
  readonly reply: T | Failure;
  readonly retryAfter: number | null;
}

/** Asks the gateway over HTTP; what it answers is checked against `schema`. A `body` makes it a POST. */
export type Call = <T>(path: string, schema: z.ZodMiniType<T>, body?: object) => Promise<Answer<T>>;

/** The gateway answers within {@link COMMAND_TIMEOUT_MS}; checking a password and the way need a moment more. */
const ANSWER_MS = COMMAND_TIMEOUT_MS + 3000;

const NO_ANSWER: Failure = {
  ok: false,
  code: 'timeout',
  message: 'The Lampboard gateway does not answer. Check the network, and try again.',
};

const NOT_UNDERSTOOD: Failure = {
  ok: false,
  code: 'timeout',
  message: 'The gateway’s answer was not understood. Reload the page, and try again.',
};

/** Seconds of a `Retry-After` header; a date in it counts as none. */
function secondsOf(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/u.test(header) ? Number(header) : null;
}

export function createCall({ fetch }: { fetch: typeof globalThis.fetch }): Call {
  return async (path, schema, body) => {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(path, {
        signal: AbortSignal.timeout(ANSWER_MS),
        cache: 'no-store',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      });
    } catch {
      return { reply: NO_ANSWER, retryAfter: null };
    }
    try {
      answer = await response.json();
    } catch {
      // A proxy's own page, as long as there is no gateway behind it.
      return { reply: response.status >= 500 ? NO_ANSWER : NOT_UNDERSTOOD, retryAfter: null };
    }
    const reply = schema.safeParse(answer);
    return {
      reply: reply.success ? reply.data : NOT_UNDERSTOOD,
      retryAfter: secondsOf(response.headers.get('retry-after')),
    };
  };
}
