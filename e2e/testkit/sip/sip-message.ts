/** A SIP request or response (RFC 3261 section 7) with ordered headers by lower-case name. */
export interface SipMessage {
  /** `NOTIFY sip:… SIP/2.0` or `SIP/2.0 200 OK`. */
  firstLine: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

const COMPACT: Record<string, string> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
};

export function parseSip(bytes: Buffer): SipMessage {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [firstLine = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    return [COMPACT[name] ?? name, line.slice(colon + 1).trim()];
  });
  return { firstLine, headers, body: end < 0 ? '' : text.slice(end + 4) };
}

export function formatSip(options: {
  firstLine: string;
  headers: readonly (readonly [name: string, value: string])[];
}): Buffer {
  const lines = options.headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([options.firstLine, ...lines, 'Content-Length: 0', '', ''].join('\r\n'));
}

export function sipHeader(message: SipMessage, name: string): string {
  return message.headers.find(([have]) => have === name)?.[1] ?? '';
}

/** Undefined for a request. */
export function sipStatus(message: SipMessage): number | undefined {
  const code = /^SIP\/2\.0 (\d{3})/.exec(message.firstLine)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Responds to a request with the headers of RFC 3261 section 8.2.6. */
export function sipResponse(request: SipMessage, status: string): Buffer {
  const echoed = ['via', 'from', 'to', 'call-id', 'cseq'];
  return formatSip({
    firstLine: `SIP/2.0 ${status}`,
    headers: request.headers.filter(([name]) => echoed.includes(name)),
  });
}
