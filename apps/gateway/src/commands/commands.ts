import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  isCommandName,
  may,
  parseRequest,
} from '@lampboard/protocol';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { secondsToWait } from '../seconds-to-wait.ts';
import type { Logger } from '../log.ts';
import type { Session } from '../sessions/sessions.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { refuse } from '../refuse.ts';

/** An account gives so many commands in so many seconds at most, over all its browsers. */
const PER_ACCOUNT = { points: 50, duration: 5 };

/** What carries a command out. Whether the account may give it was decided before. */
export type Handlers = {
  readonly [N in CommandName]: (
    request: CommandRequest<N>,
    session: Session,
  ) => CommandReply<N> | Promise<CommandReply<N>>;
};

/** Takes any name and any request, from whoever is signed in or nobody, and always answers. */
export type Dispatch = (
  name: string,
  request: unknown,
  session: Session | null,
) => Promise<CommandReply<CommandName>>;

/** The one way in for commands, over the socket and over HTTP: how many, understood, allowed, then carried out. */
export function createDispatch({
  handlers,
  storeRefusal,
  log,
}: {
  handlers: Handlers;
  /** The answer where the store can't be read or written; null for any other error. */
  storeRefusal: StoreWriter['refusal'];
  log: Logger;
}): Dispatch {
  const limiter = new RateLimiterMemory(PER_ACCOUNT);

  async function run<N extends CommandName>(
    name: N,
    raw: unknown,
    session: Session,
  ): Promise<CommandReply<N> | Failure> {
    const request = parseRequest(name, raw);
    if (request === null) return refuse('invalid', 'The command was not understood. Nothing was changed.');
    if (!may(session.account, name, request)) {
      return refuse('forbidden', 'Your account may not do this. Nothing was changed.');
    }
    return handlers[name](request, session);
  }

  return async (name, request, session) => {
    if (session === null) return refuse('signed-out', 'You are signed out. Nothing was changed.');
    if (!isCommandName(name)) return refuse('invalid', 'There is no such command. Nothing was changed.');
    const wait = await secondsToWait(limiter, String(session.account.id));
    if (wait !== null) {
      return refuse('too-many', `Too many commands at once. Nothing was changed; try again in ${wait} s.`);
    }
    try {
      return await run(name, request, session);
    } catch (error) {
      const refusal = storeRefusal(error);
      if (refusal !== null) return refusal;
      log.warn({ command: name, error: error instanceof Error ? error.name : 'unknown' }, 'a command failed');
      return refuse('fault', 'Lampboard failed at this, and it is not known how much of it was done.');
    }
  };
}
