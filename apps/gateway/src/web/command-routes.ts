import type { FastifyInstance } from 'fastify';
import type { Dispatch } from '../commands/commands.ts';
import { sendAnswer } from './answer.ts';
import type { SessionBorder } from './session-border.ts';

/** `POST /api/commands/<name>`: the same commands as over the socket. */
export function commandRoutes(
  web: FastifyInstance,
  { dispatch, border }: { dispatch: Dispatch; border: SessionBorder },
): void {
  web.post<{ Params: { name: string } }>('/api/commands/:name', async (request, reply) => {
    return sendAnswer(reply, await dispatch(request.params.name, request.body, border.of(request.raw)));
  });
}
