import { randomInt } from 'node:crypto';
import type { Action } from './action.ts';
import { errorResponse, formatResponse } from './blocks.ts';
import { ALL_CLASSES, parseEventMask } from './permission-classes.ts';
import { fullyBootedAfterLogin } from './event-formatter.ts';
import { parseFilter } from './event-filter.ts';

export const sessionActions: readonly Action[] = [
  {
    name: 'Login',
    synopsis: 'Login Manager.',
    classes: [],
    run(session, message) {
      if (session.login()) return session.send(formatResponse(message, { Message: 'Already authenticated' }));
      const login = session.authenticate(message, session.challenge);
      if (!login) return session.rejectLogin(errorResponse(message, 'Authentication failed'));
      login.mask = parseEventMask(message.header('Events')) ?? ALL_CLASSES;
      session.accept(login);
      session.send(formatResponse(message, { Message: 'Authentication accepted' }));
      const { class: kind, text } = fullyBootedAfterLogin(session.pbx);
      // Filters do not apply to it.
      if (session.pbx.stage() === 'up' && login.read.has(kind) && login.mask.has(kind)) session.send(text);
    },
  },
  {
    name: 'Challenge',
    synopsis: 'Generate Challenge for MD5 Auth.',
    classes: [],
    run(session, message) {
      if (message.header('AuthType').toLowerCase() !== 'md5')
        return session.send(errorResponse(message, 'Must specify AuthType'));
      session.challenge = String(randomInt(100_000_000, 1_000_000_000));
      session.send(formatResponse(message, { Challenge: session.challenge }));
    },
  },
  {
    name: 'Logoff',
    synopsis: 'Logoff Manager.',
    classes: [],
    run(session, message) {
      session.send(formatResponse(message, { Message: 'Thanks for all the fish.' }, 'Goodbye'));
      session.end();
    },
  },
  {
    name: 'Ping',
    synopsis: 'Keepalive command.',
    classes: [],
    run(session, message) {
      const seconds = ((performance.timeOrigin + performance.now()) / 1000).toFixed(6);
      session.send(formatResponse(message, { Ping: 'Pong', Timestamp: seconds }));
    },
  },
  {
    name: 'Events',
    synopsis: 'Control Event Flow.',
    classes: [],
    run(session, message) {
      const login = session.login();
      const mask = parseEventMask(message.header('EventMask'));
      if (!login || !mask) return session.send(errorResponse(message, 'Invalid event mask'));
      login.mask = mask;
      session.send(formatResponse(message, { Events: mask.size > 0 ? 'On' : 'Off' }));
    },
  },
  {
    name: 'Filter',
    synopsis: 'Dynamically add filters for the current manager session.',
    classes: ['system'],
    run(session, message) {
      if (message.header('Operation').toLowerCase() !== 'add')
        return session.send(errorResponse(message, 'Unknown operation'));
      const parsed = parseFilter(message.header('Filter'), message.header('MatchCriteria'));
      if (!parsed.ok) return session.send(errorResponse(message, parsed.message));
      session.login()?.filters.push(parsed.filter);
      session.send(formatResponse(message, { Message: 'Success' }));
    },
  },
  {
    name: 'UserEvent',
    synopsis: 'Send an arbitrary event.',
    classes: ['user'],
    run(session, message) {
      session.send(formatResponse(message, { Message: 'Event Sent' }));
      const fields = message.lines
        .map((line): [string, string] => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
        })
        .filter(([name]) => name !== '' && !/^(action|userevent)$/i.test(name));
      session.pbx.emit({ kind: 'user-event', name: message.header('UserEvent'), fields });
    },
  },
];
