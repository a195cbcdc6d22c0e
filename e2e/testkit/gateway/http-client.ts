import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  me,
  replySchema,
} from '@lampboard/protocol';
import { ACCOUNTS, type TestAccountName } from './test-accounts.ts';
import { type IncomingMessage, type OutgoingHttpHeaders, request as sendHttp } from 'node:http';
import { request as sendHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';

export type HttpResponse = Awaited<ReturnType<typeof httpRequest>>;

/**
 * Sends a request with exactly these headers: unlike `fetch` it can forge `Host`, `Origin` and
 * `Sec-Fetch-Site`, and follows no redirect. A `body` other than a string is sent as JSON. Certificates are
 * not verified.
 */
export async function httpRequest(
  url: string | URL,
  {
    method,
    headers = {},
    body,
    localAddress,
    signal,
  }: {
    method?: string;
    headers?: OutgoingHttpHeaders;
    body?: unknown;
    /** Address of this machine to connect from. */
    localAddress?: string;
    signal?: AbortSignal | undefined;
  } = {},
) {
  const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const options = {
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    rejectUnauthorized: false,
    localAddress,
    agent: false as const,
    signal,
  };
  const send = new URL(url).protocol === 'https:' ? sendHttps : sendHttp;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, options, resolve).on('error', reject).end(content);
  });
  const bytes = await buffer(response);
  const text = bytes.toString('utf8');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    /** Values of `Set-Cookie`. */
    setCookies: response.headers['set-cookie'] ?? [],
    bytes,
    text,
    /** Undefined if the body is not JSON. */
    json: parseJson(text),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Server {
  readonly url: string;
}

/** Values of `/metrics` by series, such as `lampboard_link_state{state="live"}`. */
export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics({ url }: Server): Promise<Metrics> {
  return parseMetrics((await httpRequest(`${url}metrics`)).text);
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
