export type NotifiedPresence = ReturnType<typeof parsePidf>;

/** Parses the PIDF body of Asterisk (RFC 3863 with Digium's element). */
export function parsePidf(xml: string) {
  const note = /<note>([^<]*)<\/note>/.exec(xml)?.[1] ?? '';
  const [, attributes = '', message = ''] =
    /<digium_presence\b([^>]*?)(?:\/>|>([^<]*)<\/digium_presence>)/.exec(xml) ?? [];
  const attribute = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  return {
    /** `Ready`, `Ringing`, `On the phone`, `On hold` or `Unavailable`. */
    note: decodeXml(note),
    /** `not_set` without a `digium_presence` element. */
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
