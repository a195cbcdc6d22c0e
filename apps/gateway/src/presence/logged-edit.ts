import { type Failure, pbxIdOf } from '@lampboard/protocol';
import type { Board } from '@lampboard/model';
import type { EditPresence } from './set-presence.ts';
import type { PresenceLog } from './presence-log.ts';
import type { Logger } from '../platform/log.ts';
import { errorName, failure } from '../platform/failure.ts';

const INTERNAL_ERROR = failure(
  'internal-error',
  'Lampboard failed with an internal error. It is not known whether Asterisk saved the change.',
);

interface LoggedEditOptions {
  edit: EditPresence;
  presenceLog: Pick<PresenceLog, 'record'>;
  board: () => Board;
  now: () => number;
  log: Pick<Logger, 'warn'>;
}

/** Returns an edit that fails with this reply, which is recorded. */
export const createRejectedEdit = (reply: Failure, options: Omit<LoggedEditOptions, 'edit'>) =>
  createLoggedEdit({ ...options, edit: async () => reply });

/** Wraps `edit` to record each edit and its result. Never rejects: an error is a failure in the reply. */
export function createLoggedEdit({ edit, presenceLog, board, now, log }: LoggedEditOptions): EditPresence {
  return async (command, actor, deadline) => {
    const extension = board().extensions.get(command.id);
    const reply = await edit(command, actor, deadline).catch((error: unknown) => {
      log.warn({ extension: command.id, error: errorName(error) }, 'an edit failed');
      return INTERNAL_ERROR;
    });
    if (extension === undefined || actor.kind === 'phone') return reply;
    const { id, provider } = extension;
    const pbxId = pbxIdOf(id, board().pbxs.keys());
    const isLogged = presenceLog.record(
      { pbxId, extension: id, provider },
      {
        actor: actor.name,
        accountId: actor.accountId,
        isScheduled: actor.kind === 'return-time',
        timestamp: now(),
        from: command.base,
        to: reply.ok ? reply.presence : command.presence,
        returnTime: command.returnTime ?? null,
        result: reply.ok ? 'ok' : reply.code,
      },
    );
    return reply.ok && !isLogged ? { ...reply, recorded: false } : reply;
  };
}
