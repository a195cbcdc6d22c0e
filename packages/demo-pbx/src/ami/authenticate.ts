import { createHash } from 'node:crypto';

import { fromBytes, toBytes } from '../bytes.ts';
import { classSet } from './classes.ts';
import { parseFilter } from './filter.ts';
import type { AmiMessage } from './framing.ts';
import type { Authenticate } from './session-control.ts';
import type { DemoUser } from './user.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function knowsSecret({ secret }: DemoUser, message: AmiMessage, challenge: string): boolean {
  if (message.header('AuthType').toLowerCase() === 'md5') {
    return challenge !== '' && message.header('Key').toLowerCase() === md5(challenge + secret);
  }
  return fromBytes(message.header('Secret')) === secret;
}

/** Logs in the users of a manager.conf. Throws for an `eventfilter` that does not compile. */
export function createAuthenticate({ users }: { users: readonly DemoUser[] }): Authenticate {
  const known = new Map(
    users.map((user) => {
      const filters = (user.eventfilter ?? []).map((text) => {
        const parsed = parseFilter(toBytes(text));
        if (!parsed.ok) throw new Error(`eventfilter of ${user.username}: ${parsed.message}`);
        return parsed.filter;
      });
      return [
        user.username.toLowerCase(),
        { user, filters, read: classSet(user.read), write: classSet(user.write) },
      ];
    }),
  );
  return (message, challenge) => {
    const found = known.get(fromBytes(message.header('Username')).toLowerCase());
    if (!found || found.user.deny || !knowsSecret(found.user, message, challenge)) return undefined;
    return { ...found, filters: [...found.filters], mask: found.read };
  };
}
