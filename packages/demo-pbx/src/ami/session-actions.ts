import { randomInt } from 'node:crypto';

import type { Action } from './action.ts';
import { answer } from './answer.ts';
import { ALL_CLASSES, eventMask } from './classes.ts';
import { lateFullyBooted } from './event-of.ts';
import type { Header } from './event.ts';
import { parseFilter } from './filter.ts';

/** The actions about the session itself. */
export const sessionActions: readonly Action[] = [
  {
    name: 'Login',
    synopsis: 'Login Manager.',
    classes: [],
    run(session, message) {
      if (session.login())
        return session.send(answer(message, 'Success', [['Message', 'Already authenticated']]));
      const login = session.authenticate(message, session.challenge);
      if (!login) return session.refuse(answer(message, 'Error', [['Message', 'Authentication failed']]));
      login.mask = eventMask(message.header('Events')) ?? ALL_CLASSES;
      session.accept(login);
      session.send(answer(message, 'Success', [['Message', 'Authentication accepted']]));
      if (session.pbx.stage() === 'up') session.event(lateFullyBooted(session.pbx));
    },
  },
  {
    name: 'Challenge',
    synopsis: 'Generate Challenge for MD5 Auth.',
    classes: [],
    run(session, message) {
      if (message.header('AuthType').toLowerCase() !== 'md5') {
        return session.send(answer(message, 'Error', [['Message', 'Must specify AuthType']]));
      }
      session.challenge = String(randomInt(100_000_000, 1_000_000_000));
      session.send(answer(message, 'Success', [['Challenge', session.challenge]]));
    },
  },
  {
    name: 'Logoff',
    synopsis: 'Logoff Manager.',
    classes: [],
    run(session, message) {
      session.send(answer(message, 'Goodbye', [['Message', 'Thanks for all the fish.']]));
      session.end();
    },
  },
  {
    name: 'Ping',
    synopsis: 'Keepalive command.',
    classes: [],
    run(session, message) {
      const seconds = ((performance.timeOrigin + performance.now()) / 1000).toFixed(6);
      session.send(
        answer(message, 'Success', [
          ['Ping', 'Pong'],
          ['Timestamp', seconds],
        ]),
      );
    },
  },
  {
    name: 'Events',
    synopsis: 'Control Event Flow.',
    classes: [],
    run(session, message) {
      const login = session.login();
      const mask = eventMask(message.header('EventMask'));
      if (!login || !mask) return session.send(answer(message, 'Error', [['Message', 'Invalid event mask']]));
      login.mask = mask;
      session.send(answer(message, 'Success', [['Events', mask.size > 0 ? 'On' : 'Off']]));
    },
  },
  {
    name: 'Filter',
    synopsis: 'Dynamically add filters for the current manager session.',
    classes: ['system'],
    run(session, message) {
      if (message.header('Operation').toLowerCase() !== 'add') {
        return session.send(answer(message, 'Error', [['Message', 'Unknown operation']]));
      }
      const parsed = parseFilter(message.header('Filter'), message.header('MatchCriteria'));
      if (!parsed.ok) return session.send(answer(message, 'Error', [['Message', parsed.message]]));
      session.login()?.filters.push(parsed.filter);
      session.send(answer(message, 'Success', [['Message', 'Success']]));
    },
  },
  {
    name: 'UserEvent',
    synopsis: 'Send an arbitrary event.',
    classes: ['user'],
    run(session, message) {
      session.send(answer(message, 'Success', [['Message', 'Event Sent']]));
      const fields = message.lines.map((line): Header => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
      });
      const own = fields.filter(([name]) => name !== '' && !/^(action|userevent)$/i.test(name));
      session.pbx.emit({ kind: 'user-event', name: message.header('UserEvent'), fields: own });
    },
  },
];
