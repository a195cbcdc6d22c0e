/** How one language says times, in lower case. */
export interface TimeWords {
  /** Phrases (regular expressions of whole words) and the words that are read in their place. */
  readonly phrases: readonly (readonly [string, string])[];
  /** Words, apart by blanks, by the symbol that they are read as. */
  readonly words: Readonly<Record<string, string>>;
  /** Phrases that speak of a time without saying one, the longer ones first. */
  readonly vague: readonly string[];
  /** A word that is counted by the number before it: `14 people`. */
  readonly counted: RegExp;
}

const HOURS = 'one two three four five six seven eight nine ten eleven twelve';
const STUNDEN = 'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf';

/** `montagmorgen` as Monday morning, and so on. */
function partsOfWeekdays(): Readonly<Record<string, string>> {
  const days = 'sonntag montag dienstag mittwoch donnerstag freitag samstag'.split(' ');
  const parts = {
    morning: 'morgen früh vormittag',
    'lunch-hour': 'mittag',
    afternoon: 'nachmittag',
    evening: 'abend',
  };
  return Object.fromEntries(
    days.flatMap((day, index) =>
      Object.entries(parts).map(([part, words]) => [
        `wd${index} ${part}`,
        words.replaceAll(/\S+/gu, (word) => day + word),
      ]),
    ),
  );
}

/** `one two` as the symbols 1 and 2, beginning with `from`. */
function numbers(words: string, from = 1): Readonly<Record<string, string>> {
  return Object.fromEntries(words.split(' ').map((word, index) => [String(index + from), word]));
}

/**
 * Symbols: `~` says nothing; `@` comes with a time of the day, `@@` also behind it; `+` comes with a while, `++` with one
 * that has a unit; `a` is 1 before a unit; `m`, `hr`, `d` and `w` are units, `clock` follows an hour; `day0` is today,
 * `wd1` Monday, `week1` next week; `half` is half an hour more, `halb` half an hour less.
 */
export const ENGLISH: TimeWords = {
  phrases: [
    ['(?:the )?day after tomorrow', 'day2'],
    [
      '(?:the )?end of (?:the |my |his |her )?(?:working )?(?:day|business)|close of (?:business|play)',
      'eod',
    ],
    ['(?:the )?end of (?:the |this )?week|eow', 'friday eod'],
    ['good (morning|afternoon|evening|night)', 'hello'],
    ['\\d\\d?(?::\\d\\d(?: [ap]m)?| [ap]m) (?:to|until|till)', '@'],
    ['from \\S+(?: [ap]m)? (?:to|until|till)|between \\S+(?: [ap]m)? and', '@'],
    ['(?:late|early|mid|first thing) (?:in the )?(morning|afternoon|evening)', '$1'],
    ['first thing', '@@'],
    ['in the (morning|afternoon|evening)', '$1'],
    ['this (morning|afternoon|evening)', 'day0 $1'],
    ['tonight', 'day0 evening'],
    ['late next week|(?:the )?end of next week', 'week1 friday eod'],
    ['(?:early |(?:the )?(?:beginning|start) of )?next week', 'week1'],
    ['an? week (?:on|from) (\\p{L}+day)|(\\p{L}+day) (?:in a )?week', '$1$2 week-later'],
    ['from now|or so', ''],
    ['mid day', 'noon'],
    ['o clock', "o'clock"],
    ['#\\d+ (?:to|until|till)', '@'],
    ['after (?:my |his |her |the )?lunch(?: break)?', 'after-lunch'],
    ['(?:a )?couple(?: of)?', '2'],
    ['back (?:again|here|home|online|in the office|at (?:my|his|her|the) desk)', 'back'],
    [`quarter of (\\d|${HOURS.replaceAll(' ', '|')})`, 'quarter to $1'],
    ['(twenty|thirty|forty|fifty) ?five', '$15'],
    [`(${HOURS.replaceAll(' ', '|')}) ((?:twenty|thirty|forty|fifty)5?|ten|fifteen)`, '$1 clock $2'],
  ],
  words: {
    '~on': 'on',
    '~': "the of and not won't this coming about roughly approx circa ca say is will be i'll he'll she'll comes coming",
    '@': "at around until till 'til til through by from",
    '@@': 'back returns return returning latest sharp time',
    '+': 'in',
    '++': 'for within another',
    a: 'a an',
    m: "m min mins minute minutes minutes'",
    hr: "hr hrs hour hours hour's hours'",
    d: "d day days days'",
    w: "w wk wks week weeks week's weeks'",
    '2 w': 'fortnight',
    clock: "o'clock oclock",
    half: 'half',
    quarter: 'quarter quarters',
    past: 'past after',
    to: 'to before',
    next: 'next',
    day0: 'today',
    day1: 'tomorrow tmr tmrw tmw tomorow tommorow',
    day2: 'overmorrow',
    morning: 'morning',
    noon: 'noon midday',
    'lunch-hour': 'lunchtime',
    afternoon: 'afternoon',
    evening: 'evening',
    night: 'night',
    midnight: 'midnight',
    eod: 'eod cob',
    wd3: 'weds',
    am: 'am',
    pm: 'pm',
    ...numbers(HOURS),
    ...numbers('thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty', 13),
    25: 'twenty5',
    30: 'thirty',
    35: 'thirty5',
    40: 'forty',
    45: 'forty5',
    50: 'fifty',
    55: 'fifty5',
    90: 'ninety',
  },
  vague: [
    '(?:until|till) (?:further notice|\\S+)',
    'back (?:at|by|on|around) \\S+',
    '(?:be )?right back|brb|(?:half|quarter) (?:past|to)',
    '(?:back )?in (?:just )?an? (?:little |short )?(?:bit|while|moment|sec|second|jiffy)',
    '(?:for )?an? (?:while|bit|moment)',
    '(?:a few|several|some|the next few|next few) (?:minutes|mins|hours|days|weeks)',
    '(?:end of |next |this )(?:the )?(?:month|year)',
    '(?:all|for the|rest of the) (?:day|week)',
    'within the hour',
    'later|soon|shortly|sometime|weekend|today|this week',
  ],
  counted: /^(?:people|persons|men|women|children|staff|\p{L}{2,}[^\P{L}siu]s)$/u,
};

export const GERMAN: TimeWords = {
  phrases: [
    ['(?:von|vom) \\S+(?: uhr)? bis', '@'],
    ['#?\\d\\S*(?: uhr)? bis (#?\\d\\S*)', '$1'],
    ['so (gegen|um|ab|bis|ca|circa|etwa|in)', '$1'],
    ['heute nacht', 'heute nachts'],
    ['am morgen|in der früh', 'morgens'],
    ['guten (morgen|tag|abend)', 'hallo'],
    ['(heute|[\\p{L}]+tag|mittwoch) morgen', '$1 morgens'],
    ['(?:am )?(?:späten|frühen) (vormittag|nachmittag|abend)', '$1'],
    ['ende (?:der|dieser) woche', 'freitag eod'],
    ['ende (?:der )?(?:nächster|nächsten|kommender|kommenden) woche', 'week1 freitag eod'],
    ['(?:anfang )?(?:der )?(?:nächste|nächster|nächsten|kommende|kommender|kommenden) woche', 'week1'],
    ['([\\p{L}]+tag|mittwoch) in einer woche', '$1 week-later'],
    ['ende des (?:tages|arbeitstages)', 'eod'],
    ['(?:bis|zum|bis zum) (?:feierabend|dienstschluss|büroschluss)', '@ eod'],
    ['nach (?:der mittagspause|dem (?:mittag|mittagessen)|mittag|tisch)', 'after-lunch'],
    ['(?:wieder|zurück) (?:da|hier|zurück|erreichbar|im (?:haus|büro)|am platz)', 'zurück'],
  ],
  words: {
    '~': 'am den dem der die des zum zur diesen dieser ca circa etwa ungefähr und nicht gleich erst bin ist kommt komme kehrt gute guten knappe knappen',
    '@': 'um gegen bis ab von kurz punkt',
    '@@': 'zurück wieder spätestens frühestens',
    '+': 'in',
    '++': 'für binnen innerhalb noch',
    a: "ein eine einer einem einen 'ne ne 'ner ner",
    m: 'm min minute minuten',
    hr: 'std stunde stunden',
    d: 't tag tage tagen',
    w: 'w woche wochen',
    clock: 'uhr',
    half: 'halbe halben',
    halb: 'halb',
    quarter: 'viertel',
    '3 quarter': 'dreiviertel',
    1.5: 'anderthalb eineinhalb einundeinhalb',
    '2 half': 'zweieinhalb zweiundeinhalb',
    '3 half': 'dreieinhalb dreiundeinhalb',
    'half hr': 'halbstunde',
    'quarter hr': 'viertelstunde viertelstunden',
    '3 quarter hr': 'dreiviertelstunde dreiviertelstunden',
    past: 'nach',
    to: 'vor',
    next: 'nächsten nächster nächste kommenden kommender kommende',
    day0: 'heute',
    day1: 'morgen',
    day2: 'übermorgen',
    morning: 'morgens früh vormittag vormittags',
    'lunch-hour': 'mittag mittags',
    afternoon: 'nachmittag nachmittags',
    evening: 'abend abends',
    night: 'nacht nachts',
    midnight: 'mitternacht',
    wd6: 'sonnabend',
    ...partsOfWeekdays(),
    ...numbers(STUNDEN),
    ...numbers('dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig', 13),
    25: 'fünfundzwanzig',
    30: 'dreißig dreissig',
    35: 'fünfunddreißig fünfunddreissig',
    40: 'vierzig',
    45: 'fünfundvierzig',
    50: 'fünfzig',
    55: 'fünfundfünfzig',
    90: 'neunzig',
  },
  vague: [
    'bis (?:auf weiteres|\\S+)',
    '(?:zurück|wieder da) (?:um|am|gegen|in|ab) \\S+',
    '(?:in einer|eine) (?:kurzen |kleinen )?weile',
    '(?:in einem|einen) (?:moment|augenblick)',
    '(?:(?:ein )?paar|einige|mehrere) (?:minuten|stunden|tage|tagen|wochen)',
    '(?:ende des|nächsten|diesen) (?:monats|monat|jahres)',
    '(?:den ganzen|rest des) (?:tag|tages)|(?:die ganze|rest der|diese) woche|ganztägig',
    'um halb|viertel (?:nach|vor)|heute nicht mehr|(?:nach )?feierabend|dienstschluss',
    'später|bald|gleich|nachher|demnächst|irgendwann|in kürze|stündchen|wochenende|heute',
  ],
  counted:
    /^(?:leute|personen|menschen|männer|frauen|kinder|gäste|besucher|kunden|kollegen|teilnehmer|anrufe|mal|stück|pakete|kisten|plätze|seiten|fragen|termine|aufträge)$/u,
};
