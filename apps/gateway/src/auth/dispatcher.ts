import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  isCommandName,
  isAllowed,
  parseRequest,
} from '@lampboard/protocol';
import type { Sight } from '@lampboard/model';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import type { Logger } from '../platform/log.ts';
import type { Session } from './sessions.ts';
import type { StoredAccount } from './stored-account.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { UNKNOWN_EXTENSION, errorName, failure } from '../platform/failure.ts';

/** Commands per account and seconds. */
const ACCOUNT_LIMIT = { points: 50, duration: 5 };

/** Called after authorization. */
export type CommandHandlers = {
  readonly [N in CommandName]: (
    request: CommandRequest<N>,
    session: Session,
  ) => CommandReply<N> | Promise<CommandReply<N>>;
};

/** Accepts untrusted names and requests, and always resolves. */
export type Dispatch = (
  name: string,
  request: unknown,
  session: Session | null,
) => Promise<CommandReply<CommandName>>;

interface DispatcherOptions {
  handlers: CommandHandlers;
  /** Returns null for an account that sees everything. */
  sightOf: (account: StoredAccount) => Sight | null;
  toStoreFailure: StoreWriter['toFailure'];
  log: Logger;
}

/** Rate-limits, validates, authorizes and runs commands. */
export function createDispatcher({ handlers, sightOf, toStoreFailure, log }: DispatcherOptions): Dispatch {
  const limiter = new RateLimiterMemory(ACCOUNT_LIMIT);

  /** Returns the request with the board's id of its extension; null for one that is not visible, existing or not. */
  function withBoardId<N extends CommandName>(
    request: CommandRequest<N>,
    account: StoredAccount,
  ): CommandRequest<N> | null {
    const sight = 'id' in request ? sightOf(account) : null;
    if (!('id' in request) || sight === null) return request;
    const id = sight.boardIds.get(request.id);
    if (id !== undefined) return { ...request, id };
    return account.extensions.includes(request.id) ? request : null;
  }

  async function run<N extends CommandName>(
    name: N,
    raw: unknown,
    session: Session,
  ): Promise<CommandReply<N> | Failure> {
    const request = parseRequest(name, raw);
    if (request === null) return failure('invalid', 'The command was not understood. Nothing was changed.');
    if (!isAllowed(session.account, name, request))
      return failure('forbidden', 'Your account may not do this. Nothing was changed.');
    const resolved = withBoardId(request, session.account);
    return resolved === null ? UNKNOWN_EXTENSION : handlers[name](resolved, session);
  }

  return async (name, request, session) => {
    if (session === null) return failure('signed-out', 'You are signed out. Nothing was changed.');
    if (!isCommandName(name)) return failure('invalid', 'There is no such command. Nothing was changed.');
    const retryAfter = await consumeRateLimit(limiter, String(session.account.id));
    if (retryAfter !== null)
      return failure('too-many', `Too many commands. Nothing was changed; try again in ${retryAfter} s.`);
    try {
      return await run(name, request, session);
    } catch (error) {
      const storeFailure = toStoreFailure(error);
      if (storeFailure !== null) return storeFailure;
      log.warn({ command: name, error: errorName(error) }, 'command failed');
      return failure(
        'internal-error',
        'An internal error occurred; it is not known whether anything was changed.',
      );
    }
  };
}
