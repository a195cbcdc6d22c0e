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
} as const satisfies Readonly<Record<string, Message>>;
