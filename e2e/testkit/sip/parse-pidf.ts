/** What a desk phone is told about somebody. */
export interface NotifiedPresence {
  /** The telephone in words: `Ready`, `Ringing`, `On the phone`, `On hold`, `Unavailable`. */
  note: string;
  /** Presence state; `not_set` where the body has no `digium_presence`. */
  state: string;
  subtype: string;
  message: string;
}

/** Reads the PIDF body that Asterisk sends (RFC 3863, with Digium's element in it). */
export function parsePidf(xml: string): NotifiedPresence {
  const note = /<note>([^<]*)<\/note>/.exec(xml)?.[1] ?? '';
  const [, attributes = '', message = ''] =
    /<digium_presence\b([^>]*?)(?:\/>|>([^<]*)<\/digium_presence>)/.exec(xml) ?? [];
  const attribute = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  return {
    note: decodeXml(note),
    state: attribute('type') || 'not_set',
    subtype: decodeXml(attribute('subtype')),
    message: decodeXml(message),
  };
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeXml(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (/^#x/i.test(entity)) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
    return NAMED[entity] ?? whole;
  });
}
