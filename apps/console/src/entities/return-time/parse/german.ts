import { type TimeLexicon, numbers } from './time-words.ts';

const STUNDEN = 'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf';

/** `montagmorgen` as Monday morning, etc. */
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

export const GERMAN: TimeLexicon = {
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
    [
      '(?:anfang )?(?:der )?(?:nächste|nächster|nächsten|kommende|kommender|kommenden) woche|nach dem wochenende',
      'week1',
    ],
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
    30: 'dreißig',
    35: 'fünfunddreißig',
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
