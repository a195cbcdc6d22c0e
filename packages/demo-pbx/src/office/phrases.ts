import type { Presence, PresenceState } from '../pbx/presence-value.ts';

const phrase = (state: PresenceState, subtype = '', message = ''): Presence => ({ state, subtype, message });

export const AVAILABLE: Presence = phrase('available');

/** What people in the office say of themselves, in their languages, one line or several. */
export const PHRASES: readonly Presence[] = [
  phrase('available', 'Home office'),
  phrase('available', '', 'Desk phone today, mobile is charging 🔋'),
  phrase('chat', 'Home office', 'Lieber schreiben, das Baby schläft 👶'),
  phrase('chat', '', 'Open plan is loud: write instead'),
  phrase('chat', 'Support rota', 'First line until 13:00\nTickets before calls, please'),
  phrase('away', 'Lunch', 'back 13:30'),
  phrase('away', 'Lunch', 'Mittag, um 13 Uhr zurück'),
  phrase('away', 'Lunch', '🍜 ramen with the Osaka team\nback around two'),
  phrase('away', 'Meeting', 'Room 3 until 11'),
  phrase('away', 'Meeting', 'Réunion budget, salle Seine\nRetour à 15 h 30'),
  phrase(
    'away',
    'Customer visit',
    'At Nordhafen with the new contract.\nBack after lunch.\nUrgent: Josh, 1107.',
  ),
  phrase('away', 'Customer visit', 'Cliente en Valencia, vuelvo a las 17:00'),
  phrase('away', 'Coffee', '☕ 5 min'),
  phrase('away', 'Errand', 'Post office, then the bank'),
  phrase('away', 'Test drive', 'Probefahrt mit dem Kunden\nca. 45 Minuten'),
  phrase('away', 'School run', 'Picking up the kids, back 16:15'),
  phrase('xa', 'Holiday', 'Back on Monday.\nJosh for emergencies.'),
  phrase('xa', 'Holiday', 'Urlaub bis 14.08.\nVertretung: Lena Fischer, 1114'),
  phrase('xa', 'Sick', 'Krank gemeldet, bitte an 1103'),
  phrase('xa', 'Business trip', '出張中です。\nメールでご連絡ください。'),
  phrase('xa', 'Training', 'Formazione fino a venerdì'),
  phrase('dnd', 'Focus', 'Quarter close until four'),
  phrase('dnd', 'Interview', 'Please do not put calls through'),
  phrase('dnd', 'On stage', 'Webinar, live until 12:00 🎤'),
  phrase('dnd', 'Focus', 'Skupiony do 15:00\nPilne: 1109'),
  phrase('unavailable', 'Finished for today', 'See you tomorrow'),
  phrase('unavailable', '', 'Feierabend 🌙'),
  phrase('unavailable', 'Part-time', 'Mon–Wed only\nThursday and Friday: Priya, 1106'),
];

/** How the office stands when the day of the demonstration begins, by extension. */
export const OPENING: Readonly<Record<string, Presence>> = {
  1101: AVAILABLE,
  1102: AVAILABLE,
  1103: phrase('away', 'Lunch', 'back 13:30'),
  1104: phrase(
    'away',
    'Customer visit',
    'At Nordhafen with the new contract.\nBack after lunch.\nUrgent: Josh, 1107.',
  ),
  1105: phrase('dnd', 'Focus', 'Quarter close until four'),
  1106: AVAILABLE,
  1107: phrase('chat', '', 'On the phone, write instead'),
  1108: phrase('xa', 'Holiday', 'Back on Oct 11th.\nJosh for emergencies.'),
  1109: AVAILABLE,
  1111: phrase('away', 'In the batcave', 'Making a new batch of batarangs 🦇'),
  1112: AVAILABLE,
  1113: AVAILABLE,
  1114: AVAILABLE,
  1115: phrase('unavailable', '', 'Phone in repair'),
  1116: phrase('chat', 'Home office'),
  1117: AVAILABLE,
  1118: phrase('dnd', 'Interview'),
  1119: phrase('away', 'Meeting', 'Room 3 until 11'),
  1120: AVAILABLE,
};

/** Those who have never set anything. */
export const SILENT: ReadonlySet<string> = new Set(['1125', '1146']);
