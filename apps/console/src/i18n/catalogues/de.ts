import type { Messages } from '../translate.ts';

export const messages: Messages = {
  'lamp.idle': 'Frei',
  'lamp.in-use': 'Im Gespräch',
  'lamp.busy': 'Besetzt',
  'lamp.unavailable': 'Nicht erreichbar',
  'lamp.ringing': 'Es klingelt',
  'lamp.in-use-ringing': 'Im Gespräch, es klingelt',
  'lamp.on-hold': 'Gehalten',
  'lamp.in-use-on-hold': 'Im Gespräch, eines gehalten',
  'lamp.unknown': 'Unbekannt',

  'presence.available': 'Verfügbar',
  'presence.chat': 'Chat',
  'presence.away': 'Abwesend',
  'presence.xa': 'Länger abwesend',
  'presence.dnd': 'Nicht stören',
  'presence.unavailable': 'Nicht verfügbar',
  'presence.not_set': 'Nicht gesetzt',

  'role.user': 'Benutzer',
  'role.receptionist': 'Empfang',
  'role.admin': 'Administrator',

  'time.under-a-minute': '<1 Min.',
  'time.minutes': '{count} Min.',
  'time.hours': '{count} Std.',
  'time.days': '{count} T.',
  'time.day-and-time': '{day}, {time}',
};
