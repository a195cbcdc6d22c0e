/** One block of AMI text as it came, and its headers under lower-case names (the last of a name wins). */
export interface AmiBlock {
  kind: 'event' | 'response' | 'other';
  /** The event's name, or the response's word (`Success`, `Error`, `Goodbye`). */
  name: string;
  fields: Record<string, string>;
  text: string;
}

/** Cuts AMI bytes into blocks at CRLF CRLF; the greeting line comes as a block of kind `other`. */
export function createAmiSplitter(options: { onBlock: (block: AmiBlock) => void }): {
  push(bytes: Buffer): void;
} {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  return {
    push(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      for (;;) {
        const mark = greeted ? '\r\n\r\n' : '\r\n';
        const end = rest.indexOf(mark);
        if (end < 0) return;
        // A text that ends in CRLF, unescaped, leaves a blank line in front of the next block.
        const text = rest.toString('utf8', 0, end).replace(/^(\r\n)+/, '');
        rest = rest.subarray(end + mark.length);
        if (text.trim() !== '') options.onBlock(parseBlock(text));
        greeted = true;
      }
    },
  };
}

function parseBlock(text: string): AmiBlock {
  const lines = text.split('\r\n');
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).replace(/^ /, '');
  }
  const first = /^(Event|Response): (.*)$/.exec(lines[0] ?? '');
  const kind = first?.[1] === 'Event' ? 'event' : first ? 'response' : 'other';
  return { kind, name: first?.[2] ?? '', fields, text };
}
