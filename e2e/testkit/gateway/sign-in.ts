import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  me,
  replySchema,
} from '@lampboard/protocol';
import { ACCOUNTS, type TestAccountName } from './test-accounts.ts';
import { type HttpResponse, httpRequest } from './http-request.ts';

interface Server {
  readonly url: string;
}

/** Signs in over HTTP, as an account of the tests or with a password of its own; whatever the answer. */
export function trySignIn(
  { url }: Server,
  account: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<HttpResponse> {
  return httpRequest(`${url}api/sign-in`, { body: { account, password }, headers });
}

/** Signs in and gives what a browser would send from then on as its header `Cookie`. */
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

/** What a browser keeps of an answer, as its header `Cookie`. */
export function cookieOf({ setCookies }: HttpResponse): string {
  return setCookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** Who this cookie signs in; null where it signs in nobody. */
export async function accountOfCookie({ url }: Server, cookie: string): Promise<string | null> {
  const { json } = await httpRequest(`${url}api/me`, { headers: { cookie } });
  const value = typeof json === 'object' && json !== null && 'value' in json ? json.value : undefined;
  const parsed = me.safeParse(value);
  return parsed.success ? parsed.data.name : null;
}

/** Gives a command over HTTP. */
export async function postCommand<N extends CommandName>(
  { url }: Server,
  cookie: string,
  name: N,
  body: CommandRequest<N>,
): Promise<CommandReply<N>> {
  const { json } = await httpRequest(`${url}api/commands/${name}`, { body, headers: { cookie } });
  return parseReply(name, json);
}

/** What a command answered; throws where it was refused. */
export function unwrapReply<T>(reply: { readonly ok: true; readonly value: T } | Failure): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.code}: ${reply.message}`);
}

/** The reply as its type; throws where it is none. */
export function parseReply<N extends CommandName>(name: N, reply: unknown): CommandReply<N> {
  const parsed = replySchema(name).safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new Error(`This is no reply to ${name}: ${JSON.stringify(reply)}`);
}
