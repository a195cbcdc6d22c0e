import type { FastifyInstance } from 'fastify';
import { traitsOf } from '../error-traits.ts';
import type { Logger } from '../log.ts';
import { refuse } from '../refuse.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { sendAnswer } from './answer.ts';

/** Answers what a route throws: 4xx where the request was wrong, 503 where the store can't be used, else 500, which is logged with its route. */
export function answerErrors(
  web: FastifyInstance,
  { storeRefusal, log }: { storeRefusal: StoreWriter['refusal']; log: Logger },
): void {
  web.setErrorHandler<Error & { statusCode?: number }>((error, { method, routeOptions }, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode < 500)
      return reply.code(statusCode).send(refuse('invalid', 'The request was not understood.'));
    const refusal = storeRefusal(error);
    if (refusal !== null) return sendAnswer(reply, refusal);
    log.warn({ method, route: routeOptions.url, ...traitsOf(error) }, 'a request failed');
    return sendAnswer(
      reply,
      refuse('fault', 'Lampboard failed at this. Try again; if it stays so, tell your administrator.'),
    );
  });
}
