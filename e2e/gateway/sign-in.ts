import {
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Failure,
  me,
  replySchema,
} from '@lampboard/protocol';
import { ACCOUNTS, type TestAccountName } from './accounts.ts';
import { type Answer, request } from './request.ts';

interface Served {
  readonly url: string;
}

/** Signs in over HTTP, as an account of the tests or with a password of its own; whatever the answer. */
export function trySignIn(
  { url }: Served,
  account: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return request(`${url}api/sign-in`, { body: { account, password }, headers });
}

/** Signs in and gives what a browser would send from then on as its header `Cookie`. */
export async function signIn(
  served: Served,
  as: TestAccountName | { account: string; password: string },
): Promise<string> {
  const { account, password } =
    typeof as === 'string' ? { account: as, password: ACCOUNTS[as].password } : as;
  const answer = await trySignIn(served, account, password);
  if (answer.status !== 200) throw new Error(`${account} could not sign in: ${answer.status} ${answer.text}`);
  return cookieOf(answer);
}

/** What a browser keeps of an answer, as its header `Cookie`. */
export function cookieOf({ setCookies }: Answer): string {
  return setCookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** Who this cookie signs in; null where it signs in nobody. */
export async function whoIs({ url }: Served, cookie: string): Promise<string | null> {
  const { json } = await request(`${url}api/me`, { headers: { cookie } });
  const value = typeof json === 'object' && json !== null && 'value' in json ? json.value : undefined;
  const parsed = me.safeParse(value);
  return parsed.success ? parsed.data.name : null;
}

/** Gives a command over HTTP. */
export async function postCommand<N extends CommandName>(
  { url }: Served,
  cookie: string,
  name: N,
  body: CommandRequest<N>,
): Promise<CommandReply<N>> {
  const { json } = await request(`${url}api/commands/${name}`, { body, headers: { cookie } });
  return replyOf(name, json);
}

/** What a command answered; throws where it was refused. */
export function valueOf<T>(reply: { readonly ok: true; readonly value: T } | Failure): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.code}: ${reply.message}`);
}

/** The reply as its type; throws where it is none. */
export function replyOf<N extends CommandName>(name: N, reply: unknown): CommandReply<N> {
  const parsed = replySchema(name).safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new Error(`This is no reply to ${name}: ${JSON.stringify(reply)}`);
}
