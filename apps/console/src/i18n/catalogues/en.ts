import type { Message } from '../message.ts';

/** English, and with it every message that there is: each other language is one file beside this one. */
export const messages = {
  'lamp.idle': 'Idle',
  'lamp.in-use': 'In use',
  'lamp.busy': 'Busy',
  'lamp.unavailable': 'Unavailable',
  'lamp.ringing': 'Ringing',
  'lamp.in-use-ringing': 'In use and ringing',
  'lamp.on-hold': 'On hold',
  'lamp.in-use-on-hold': 'In use and on hold',
  'lamp.unknown': 'Unknown',

  'presence.available': 'Available',
  'presence.chat': 'Chat',
  'presence.away': 'Away',
  'presence.xa': 'Extended away',
  'presence.dnd': 'Do not disturb',
  'presence.unavailable': 'Unavailable',
  'presence.not_set': 'Not set',

  'role.user': 'User',
  'role.receptionist': 'Receptionist',
  'role.admin': 'Administrator',

  'time.under-a-minute': '<1 min',
  'time.minutes': '{count} min',
  'time.hours': '{count} h',
  'time.days': '{count} d',
  'time.day-and-time': '{day}, {time}',

  'failure.invalid':
    'The gateway did not understand what was sent. Nothing was changed; reload the page and try again.',
  'failure.unknown-extension':
    'This extension is not on the board any more. Nothing was changed; your text is kept.',
  'failure.no-presence': 'The presence of this extension can’t be set. Nothing was changed.',
  'failure.unknown-state': 'There is no such presence. Nothing was changed; choose one of the six.',
  'failure.not-text':
    'Subtype or message holds characters that are not text. Nothing was changed; take them out and save again.',
  'failure.too-long': 'The text is longer than Asterisk takes. Nothing was changed; shorten it.',
  'failure.link-down': 'There is no link to Asterisk now. Your text is kept: save again once the board is live.',
  'failure.timeout':
    'No answer came in time, so it is not known what was changed. What you typed is kept: compare, and try again if need be.',
  'failure.refused-by-asterisk': 'Asterisk refused the change. Your text is kept; ask your administrator.',
  'failure.signed-out': 'You are signed out. Nothing was changed; sign in again.',
  'failure.forbidden': 'Your account may not do this. Nothing was changed; ask your administrator.',
  'failure.too-many': 'That was too often in a short time. Wait a moment, and try again.',
  'failure.wrong-credentials': 'Account or password is not right.',
  'failure.weak-password':
    'This password is too easy to guess. Choose a longer one that has nothing to do with name or place.',
  'failure.unknown-account': 'There is no such account any more. Nothing was changed; reload the page.',
  'failure.unknown-session': 'This session has ended already.',
  'failure.name-taken': 'There is an account of this name already. Choose another name.',
  'failure.last-admin':
    'This is the last account that may manage accounts. Nothing was changed; make another administrator first.',
  'failure.used-link':
    'This link was used already, or is not the latest one. Sign in, or use the link that the gateway’s log printed last.',
  'failure.fault':
    'Something failed inside Lampboard. What you typed is kept; try again, and tell your administrator if it stays.',
  'failure.conflict':
    'The presence was changed elsewhere meanwhile. Nothing was overwritten: choose which one counts.',
  'failure.overtaken':
    'Asterisk took the change, and at once another one replaced it: choose which one counts.',
} as const satisfies Readonly<Record<string, Message>>;
