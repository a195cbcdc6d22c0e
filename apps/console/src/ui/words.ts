import type { Lamp, PresenceState, Role } from '@lampboard/protocol';

export const LAMP_WORDS: Readonly<Record<Lamp, string>> = {
  idle: 'Idle',
  'in-use': 'In use',
  busy: 'Busy',
  unavailable: 'Unavailable',
  ringing: 'Ringing',
  'in-use-ringing': 'In use and ringing',
  'on-hold': 'On hold',
  'in-use-on-hold': 'In use and on hold',
  unknown: 'Unknown',
};

export const PRESENCE_WORDS: Readonly<Record<PresenceState, string>> = {
  available: 'Available',
  chat: 'Chat',
  away: 'Away',
  xa: 'Extended away',
  dnd: 'Do not disturb',
  unavailable: 'Unavailable',
  not_set: 'Not set',
};

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  user: 'User',
  receptionist: 'Receptionist',
  admin: 'Administrator',
};
