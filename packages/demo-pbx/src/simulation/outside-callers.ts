import type { Random } from './random.ts';

/** A caller from outside; without a name the network sends the number only. */
interface OutsideCaller {
  readonly number: string;
  readonly name: string;
  readonly withheld?: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  '+493023125114': 'Nordhafen Logistik',
  '+493023125208': 'Dr. Sabine Kurz',
  '+492214710371': 'Kölner Kartonagen',
  '+498999998042': 'Alpenblick Hotel',
  '+4915228817386': 'Timo Brandt',
  '+442079460112': 'Harbour & Sons',
  '+442079460845': 'Eleanor Whitcombe',
  '+441134960077': 'Leeds Bearings Ltd',
  '+447700900461': 'Dev Patel',
  '+33199001122': 'Atelier Lumière',
  '+33639981205': 'Chloé Fontaine',
  '+31850130044': 'Van Dijk Techniek',
  '+34919491035': 'Talleres Ibáñez',
  '+390255000316': 'Officine Bianchi',
  '+48221231177': 'Zakład Krawczyk',
  '+4578701234': 'Søndergaard A/S',
  '+12025550143': 'Meridian Freight',
  '+12125550186': 'Grace Okonkwo',
  '+81355501234': '大阪精機',
};

const UNNAMED = ['+4915228895456', '+447700900982', '+493023125655', '+13125550107', '+420225335211'];

/** The network knows no number. */
const UNKNOWN: OutsideCaller = { number: '', name: '' };

const OUTSIDE_CALLERS: readonly OutsideCaller[] = [
  ...Object.entries(NAMED).map(([number, name]) => ({ number, name })),
  ...UNNAMED.map((number) => ({ number, name: '' })),
  { number: '+493023125900', name: 'Private', withheld: true },
  { number: '+447700900333', name: '', withheld: true },
  UNKNOWN,
];

const NUMBERS: readonly string[] = [...Object.keys(NAMED), ...UNNAMED];

export function createOutsideCallers(random: Random) {
  const recent: OutsideCaller[] = [];
  return {
    /** Chooses a caller who has not called lately. */
    next(): OutsideCaller {
      const caller = random.pick(OUTSIDE_CALLERS.filter((candidate) => !recent.includes(candidate)));
      if (caller) recent.push(caller);
      if (recent.length > OUTSIDE_CALLERS.length / 2) recent.shift();
      return caller ?? UNKNOWN;
    },
    /** Digits to dial, the 0 of the outside line first. */
    nextNumber: () => `0${random.pick(NUMBERS)?.replace('+', '00')}`,
  };
}
