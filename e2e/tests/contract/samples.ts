/**
 * Every device state that can be set (`UNKNOWN` can't), its status bit mask, and a different previous state.
 */
export const LAMPS = [
  { state: 'INUSE', status: 1, before: 'NOT_INUSE' },
  { state: 'BUSY', status: 2, before: 'NOT_INUSE' },
  { state: 'UNAVAILABLE', status: 4, before: 'NOT_INUSE' },
  { state: 'INVALID', status: 4, before: 'NOT_INUSE' },
  { state: 'RINGING', status: 8, before: 'NOT_INUSE' },
  { state: 'RINGINUSE', status: 9, before: 'NOT_INUSE' },
  { state: 'ONHOLD', status: 16, before: 'NOT_INUSE' },
  { state: 'NOT_INUSE', status: 0, before: 'INUSE' },
] as const;

const STATES = ['available', 'chat', 'away', 'xa', 'dnd', 'unavailable', 'not_set'] as const;

const TEXTS = [
  { what: 'no text', subtype: '', message: '' },
  { what: 'commas', subtype: 'Room 3, left', message: 'Back at two, or three, or not' },
  { what: 'quotes', subtype: `"it's"`, message: `She said: "it's 'late'", did she? \\n is no newline \\` },
  { what: 'newlines', subtype: 'Trip', message: 'one\ntwo\r\nthree\n\nfive\n' },
  { what: 'a tab and spaces at both ends', subtype: ' x ', message: ' \tfirst\t ' },
  { what: 'any script and emoji', subtype: 'Déjeuner', message: 'été – 昼休み – обед – غداء – 🍜👩‍👩‍👧' },
  { what: 'markup and dialplan', subtype: '<b>', message: '<script>alert(1)</script> ${EXTEN} $[1+1] ;{}|&' },
  {
    what: 'headers',
    subtype: 'Status: 8',
    message: 'Event: PresenceStatus\nActionID: 1\r\nResponse: Success',
  },
  { what: '254 bytes', subtype: '', message: 'x'.repeat(254) },
  { what: '255 bytes and more', subtype: '', message: 'é'.repeat(128) },
  { what: 'as much as fits in a line', subtype: '', message: `${'0123456789'.repeat(69)}12345` },
];

/** Every presence state, and every kind of text. */
export const PRESENCES = [
  ...STATES.map((state) => ({ state, what: 'a word', subtype: 'Lunch', message: 'Back at 14:00' })),
  ...TEXTS.map((text) => ({ state: 'away', ...text })),
];
