import type { FastifyInstance, FastifyReply } from 'fastify';
import { loggableError, type Logger } from '../platform/log.ts';
import { failure } from '../platform/failure.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import type { Failure } from '@lampboard/protocol';

const STATUS: Readonly<Record<Failure['code'] | 'conflict' | 'superseded', number>> = {
  invalid: 400,
  'unknown-extension': 404,
  'no-presence': 422,
  'unknown-state': 422,
  'invalid-text': 422,
  'too-long': 422,
  'invalid-table': 422,
  'invalid-photo': 422,
  'invalid-return-time': 422,
  'link-down': 503,
  'store-unavailable': 503,
  timeout: 504,
  'refused-by-asterisk': 502,
  'signed-out': 401,
  forbidden: 403,
  'too-many': 429,
  'wrong-credentials': 401,
  'weak-password': 422,
  'entry-changed': 409,
  'unknown-account': 404,
  'unknown-session': 404,
  'name-taken': 409,
  'limit-reached': 409,
  'last-admin': 409,
  'link-expired': 410,
  'invalid-invitation': 410,
  'internal-error': 500,
  conflict: 409,
  superseded: 409,
};

const INTERNAL_ERROR = failure(
  'internal-error',
  'An internal error occurred. Try again; if this persists, tell your administrator.',
);

type Result =
  | { readonly ok: true; readonly value?: unknown }
  | { readonly ok: false; readonly code: keyof typeof STATUS; readonly retryAfter?: number };

/** Sends a result, failures with their HTTP status. */
export function sendResult(reply: FastifyReply, result: Result): FastifyReply {
  if (result.ok) return reply.send(result);
  const { retryAfter, ...failure } = result;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply.code(STATUS[result.code]).send(failure);
}

/** Handles errors of routes: 4xx for invalid requests, 503 if the store can't be used, else 500, which is logged. */
export function registerErrorHandler(
  web: FastifyInstance,
  { toStoreFailure, log }: { toStoreFailure: StoreWriter['toFailure']; log: Logger },
): void {
  web.setErrorHandler<Error & { statusCode?: number }>((error, { method, routeOptions }, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode < 500) return reply.code(statusCode).send(failure('invalid', 'The request is invalid.'));
    const storeFailure = toStoreFailure(error);
    if (storeFailure !== null) return sendResult(reply, storeFailure);
    log.warn({ method, route: routeOptions.url, ...loggableError(error) }, 'request failed');
    return sendResult(reply, INTERNAL_ERROR);
  });
}
