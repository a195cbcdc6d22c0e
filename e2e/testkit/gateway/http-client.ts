import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  me,
  replySchema,
} from '@lampboard/protocol';
import { ACCOUNTS, type TestAccountName } from './test-accounts.ts';
import type { RunningGateway } from './start-gateway.ts';
import { request as sendHttp, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request as sendHttps } from 'node:https';

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Values of `Set-Cookie`. */
  readonly setCookies: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
  /** Undefined if the body is not JSON. */
  readonly json: unknown;
}

/**
 * Sends a request with exactly these headers: unlike `fetch` it can forge `Host`, `Origin` and
 * `Sec-Fetch-Site`, and follows no redirect. A `body` other than a string is sent as JSON. Certificates are
 * not verified.
 */
export function httpRequest(
  url: string | URL,
  {
    method,
    headers = {},
    body,
    signal,
  }: {
    method?: string;
    headers?: OutgoingHttpHeaders;
    body?: unknown;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<HttpResponse> {
  const address = new URL(url);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const send = address.protocol === 'https:' ? sendHttps : sendHttp;
  const options = {
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    rejectUnauthorized: false,
    agent: false as const,
    signal,
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

/** Values of `/metrics` by series, such as `lampboard_link_state{state="live"}`. */
export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics({ url }: Pick<RunningGateway, 'url'>): Promise<Metrics> {
  const { text } = await httpRequest(`${url}metrics`);
  return parseMetrics(text);
}

export function parseMetrics(text: string): Metrics {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const separator = line.lastIndexOf(' ');
      return [line.slice(0, separator), Number(line.slice(separator + 1))];
    }),
  );
}

interface Server {
  readonly url: string;
}

/** Signs in over HTTP and returns the response, success or not. */
export function trySignIn(
  { url }: Server,
  account: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<HttpResponse> {
  return httpRequest(`${url}api/sign-in`, { body: { account, password }, headers });
}

/** Signs in and returns the header `Cookie` of the session. */
export async function signIn(
  server: Server,
  as: TestAccountName | { account: string; password: string },
): Promise<string> {
  const { account, password } =
    typeof as === 'string' ? { account: as, password: ACCOUNTS[as].password } : as;
  const response = await trySignIn(server, account, password);
  if (response.status !== 200)
    throw new Error(`${account} could not sign in: ${response.status} ${response.text}`);
  return cookieOf(response);
}

/** Converts `Set-Cookie` into a header `Cookie`. */
export function cookieOf({ setCookies }: HttpResponse): string {
  return setCookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** Returns the account of a session cookie; null without a session. */
export async function accountOfCookie({ url }: Server, cookie: string): Promise<string | null> {
  const { json } = await httpRequest(`${url}api/me`, { headers: { cookie } });
  const value = typeof json === 'object' && json !== null && 'value' in json ? json.value : undefined;
  const parsed = me.safeParse(value);
  return parsed.success ? parsed.data.name : null;
}

/** Sends a command, valid or not; `body` is sent as JSON, a string too. */
export function sendCommand(
  { url }: Server,
  cookie: string,
  name: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<HttpResponse> {
  return httpRequest(`${url}api/commands/${encodeURIComponent(name)}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { cookie },
    signal,
  });
}

/** Throws if the reply does not match the schema of the command. */
export async function postCommand<N extends CommandName>(
  server: Server,
  cookie: string,
  name: N,
  body: CommandRequest<N>,
  signal?: AbortSignal,
): Promise<CommandReply<N>> {
  const { json } = await sendCommand(server, cookie, name, body, signal);
  const parsed = replySchema(name).safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(`This is no reply to ${name}: ${JSON.stringify(json)}`);
}

/** Returns the value of a reply; throws on a failure. */
export function unwrapReply<T>(reply: { readonly ok: true; readonly value: T } | Failure): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.code}: ${reply.message}`);
}
