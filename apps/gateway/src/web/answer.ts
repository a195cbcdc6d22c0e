import type { Failure } from '@lampboard/protocol';
import type { FastifyReply } from 'fastify';

const STATUS: Readonly<Record<Failure['code'] | 'conflict' | 'overtaken', number>> = {
  invalid: 400,
  'unknown-extension': 404,
  'no-presence': 422,
  'unknown-state': 422,
  'not-text': 422,
  'too-long': 422,
  'wrong-time': 422,
  'link-down': 503,
  'store-unavailable': 503,
  timeout: 504,
  'refused-by-asterisk': 502,
  'signed-out': 401,
  forbidden: 403,
  'too-many': 429,
  'wrong-credentials': 401,
  'weak-password': 422,
  'unknown-account': 404,
  'unknown-session': 404,
  'name-taken': 409,
  full: 409,
  'last-admin': 409,
  'used-link': 410,
  fault: 500,
  conflict: 409,
  overtaken: 409,
};

type Answer =
  | { readonly ok: true; readonly value?: unknown }
  | { readonly ok: false; readonly code: keyof typeof STATUS; readonly retryAfter?: number };

/** Sends a result; a refusal with the HTTP status that fits it. */
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.ok) return reply.send(answer);
  const { retryAfter, ...failure } = answer;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply.code(STATUS[answer.code]).send(failure);
}
