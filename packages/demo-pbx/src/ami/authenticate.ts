import { createHash } from 'node:crypto';
import { fromBytes, toBytes } from '../pbx/bytes.ts';
import { parseClasses, type ClassSet } from './permission-classes.ts';
import { parseFilter, type EventFilter } from './event-filter.ts';
import type { AmiMessage } from './message-parser.ts';

/** A user of manager.conf. */
export interface DemoUser {
  username: string;
  secret: string;
  /** Classes, or `all`. */
  read: readonly string[];
  write: readonly string[];
  /** Regular expressions as in manager.conf; `!` before one drops matching events. */
  eventfilter?: readonly string[];
  /** The user's access list rejects every address. */
  deny?: boolean;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function verifySecret({ secret }: DemoUser, message: AmiMessage, challenge: string): boolean {
  if (message.header('AuthType').toLowerCase() === 'md5') {
    return challenge !== '' && message.header('Key').toLowerCase() === md5(challenge + secret);
  }
  return fromBytes(message.header('Secret')) === secret;
}

/** Authenticates manager.conf users. Throws for an `eventfilter` that does not compile. */
export function createAuthenticate(users: readonly DemoUser[]): Authenticate {
  const usersByName = new Map(
    users.map((user) => {
      const filters = (user.eventfilter ?? []).map((text) => {
        const parsed = parseFilter(toBytes(text));
        if (!parsed.ok) throw new Error(`eventfilter of ${user.username}: ${parsed.message}`);
        return parsed.filter;
      });
      return [
        user.username.toLowerCase(),
        { user, filters, read: parseClasses(user.read), write: parseClasses(user.write) },
      ];
    }),
  );
  return (message, challenge) => {
    const entry = usersByName.get(fromBytes(message.header('Username')).toLowerCase());
    if (!entry || entry.user.deny || !verifySecret(entry.user, message, challenge)) return undefined;
    return { ...entry, filters: [...entry.filters], mask: entry.read };
  };
}

/** Returns undefined for an unknown user, a wrong secret and a denied address alike. */
export type Authenticate = (message: AmiMessage, challenge: string) => Login | undefined;

export interface Login {
  readonly user: DemoUser;
  readonly read: ClassSet;
  readonly write: ClassSet;
  mask: ClassSet;
  readonly filters: EventFilter[];
}
