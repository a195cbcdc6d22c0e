import type { Presence, PresenceState } from '../pbx/presence-value.ts';

const presence = (state: PresenceState, subtype = '', message = ''): Presence => ({
  state,
  subtype,
  message,
});

export const AVAILABLE: Presence = presence('available');

const CUSTOMER_VISIT = presence(
  'away',
  'Customer visit',
  'At Nordhafen with the new contract.\nBack after lunch.\nUrgent: Josh, 1107.',
);

/** Presences in several languages, with one line or several. */
export const SAMPLE_PRESENCES: readonly Presence[] = [
  presence('available', 'Home office'),
  presence('available', '', 'Desk phone today, mobile is charging 🔋'),
  presence('chat', 'Home office', 'Lieber schreiben, das Baby schläft 👶'),
  presence('chat', '', 'Open plan is loud: write instead'),
  presence('chat', 'Support rota', 'First line until 13:00\nTickets before calls, please'),
  presence('away', 'Lunch', 'back 13:30'),
  presence('away', 'Lunch', 'Mittag, um 13 Uhr zurück'),
  presence('away', 'Lunch', '🍜 ramen with the Osaka team\nback around two'),
  presence('away', 'Meeting', 'Room 3 until 11'),
  presence('away', 'Meeting', 'Réunion budget, salle Seine\nRetour à 15 h 30'),
  CUSTOMER_VISIT,
  presence('away', 'Customer visit', 'Cliente en Valencia, vuelvo a las 17:00'),
  presence('away', 'Coffee', '☕ 5 min'),
  presence('away', 'Errand', 'Post office, then the bank'),
  presence('away', 'Test drive', 'Probefahrt mit dem Kunden\nca. 45 Minuten'),
  presence('away', 'School run', 'Picking up the kids, back 16:15'),
  presence('xa', 'Holiday', 'Back on Monday.\nJosh for emergencies.'),
  presence('xa', 'Holiday', 'Urlaub bis 14.08.\nVertretung: Lena Fischer, 1114'),
  presence('xa', 'Sick', 'Krank gemeldet, bitte an 1103'),
  presence('xa', 'Business trip', '出張中です。\nメールでご連絡ください。'),
  presence('xa', 'Training', 'Formazione fino a venerdì'),
  presence('dnd', 'Focus', 'Quarter close until four'),
  presence('dnd', 'Interview', 'Please do not put calls through'),
  presence('dnd', 'On stage', 'Webinar, live until 12:00 🎤'),
  presence('dnd', 'Focus', 'Skupiony do 15:00\nPilne: 1109'),
  presence('unavailable', 'Finished for today', 'See you tomorrow'),
  presence('unavailable', '', 'Feierabend 🌙'),
  presence('unavailable', 'Part-time', 'Mon–Wed only\nThursday and Friday: Priya, 1106'),
];

/** Presences at the start of the simulation, by extension. */
export const INITIAL_PRESENCES: Readonly<Record<string, Presence>> = {
  1101: AVAILABLE,
  1102: AVAILABLE,
  1103: presence('away', 'Lunch', 'back 13:30'),
  1104: CUSTOMER_VISIT,
  1105: presence('dnd', 'Focus', 'Quarter close until four'),
  1106: AVAILABLE,
  1107: presence('chat', '', 'On the phone, write instead'),
  1108: presence('xa', 'Holiday', 'Back on Oct 11th.\nJosh for emergencies.'),
  1109: AVAILABLE,
  1111: presence('away', 'In the batcave', 'Making a new batch of batarangs 🦇'),
  1112: AVAILABLE,
  1113: AVAILABLE,
  1114: AVAILABLE,
  1115: presence('unavailable', '', 'Phone in repair'),
  1116: presence('chat', 'Home office'),
  1117: AVAILABLE,
  1118: presence('dnd', 'Interview'),
  1119: presence('away', 'Meeting', 'Room 3 until 11'),
  1120: AVAILABLE,
};

/** Extensions whose presence is never set. */
export const NEVER_SET: ReadonlySet<string> = new Set(['1125', '1146']);
