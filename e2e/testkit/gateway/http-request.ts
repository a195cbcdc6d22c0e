import { request as sendHttp, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request as sendHttps } from 'node:https';

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The cookies that it sets, as they stand in its header. */
  readonly setCookies: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

/**
 * One HTTP request, with exactly these headers: unlike `fetch` it lets a test forge `Host`, `Origin` and `Sec-Fetch-Site`,
 * and follows no redirect. A `body` that is no string is sent as JSON. Certificates are not looked at.
 */
export function httpRequest(
  url: string | URL,
  { method, headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: unknown } = {},
): Promise<HttpResponse> {
  const address = new URL(url);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const send = address.protocol === 'https:' ? sendHttps : sendHttp;
  const options = {
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    rejectUnauthorized: false,
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const outgoing = send(address, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const bytes = Buffer.concat(parts);
        const text = bytes.toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          setCookies: response.headers['set-cookie'] ?? [],
          bytes,
          text,
          json: parseJson(text),
        });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(text);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
