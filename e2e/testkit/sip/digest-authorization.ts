import { createHash, randomBytes } from 'node:crypto';

/** The value of `Authorization` that answers a `WWW-Authenticate: Digest …` (RFC 2617, MD5, qop auth). */
export function digestAuthorization(options: {
  challenge: string;
  method: string;
  uri: string;
  username: string;
  password: string;
}): string {
  const { challenge, method, uri, username, password } = options;
  const parts = new Map(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map((match) => [
      (match[1] ?? '').toLowerCase(),
      match[2] ?? match[3] ?? '',
    ]),
  );
  const realm = parts.get('realm') ?? '';
  const nonce = parts.get('nonce') ?? '';
  const opaque = parts.get('opaque');
  const cnonce = randomBytes(8).toString('hex');
  const secret = md5(`${username}:${realm}:${password}`);
  const what = md5(`${method}:${uri}`);
  const qop = parts.has('qop');
  const response = md5(
    qop ? `${secret}:${nonce}:00000001:${cnonce}:auth:${what}` : `${secret}:${nonce}:${what}`,
  );
  return [
    `Digest username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    ...(qop ? ['qop=auth', 'nc=00000001', `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
