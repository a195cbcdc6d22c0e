import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  isCommandName,
  isAllowed,
  parseRequest,
} from '@lampboard/protocol';
import { type Aliases, type Sight, resolveId } from '@lampboard/model';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import type { Logger } from '../platform/log.ts';
import type { Session } from './sessions.ts';
import { type StoredAccount, withExtensionIds } from './stored-account.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { UNKNOWN_EXTENSION, errorName, failure } from '../platform/failure.ts';

/** Commands per account and seconds. */
const ACCOUNT_LIMIT = { points: 50, duration: 5 };

/** Commands about an entry of the board, which each of its numbers finds; those of the directory are about one hint. */
const ABOUT_ENTRIES: readonly CommandName[] = [
  'set-presence',
  'list-presence-changes',
  'list-history',
  'list-calls',
];

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
  aliases: () => Aliases;
  toStoreFailure: StoreWriter['toFailure'];
  log: Logger;
}

/** Rate-limits, validates, authorizes and runs commands. */
export function createDispatcher(options: DispatcherOptions): Dispatch {
  const { handlers, sightOf, aliases, toStoreFailure, log } = options;
  const limiter = new RateLimiterMemory(ACCOUNT_LIMIT);

  /**
   * Returns a request about an extension with the board's id of it, for an account with the board's ids of its own. Not
   * visible is an extension that the account does not see, existing or not.
   */
  function resolve<N extends CommandName>(name: N, request: CommandRequest<N>, account: StoredAccount) {
    if (!('id' in request) || !ABOUT_ENTRIES.includes(name)) return { request, account, isVisible: true };
    const sight = sightOf(account);
    const find = (id: string) => (sight === null ? resolveId(aliases(), id) : sight.boardIds.get(id));
    const id = find(request.id);
    if (id === undefined) return { request, account, isVisible: account.extensions.includes(request.id) };
    const resolved = withExtensionIds(account, (assigned) => find(assigned) ?? assigned);
    return { request: { ...request, id }, account: resolved, isVisible: true };
  }

  async function run<N extends CommandName>(
    name: N,
    raw: unknown,
    session: Session,
  ): Promise<CommandReply<N> | Failure> {
    const parsed = parseRequest(name, raw);
    if (parsed === null) return failure('invalid', 'The command was not understood. Nothing was changed.');
    const { request, account, isVisible } = resolve(name, parsed, session.account);
    if (!isAllowed(account, name, request))
      return failure('forbidden', 'Your account may not do this. Nothing was changed.');
    return isVisible ? handlers[name](request, { ...session, account }) : UNKNOWN_EXTENSION;
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
