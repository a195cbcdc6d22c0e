import type { Me } from '@lampboard/protocol';

/** What the gateway answers to one path; null where nothing answers at all. */
interface Answered {
  readonly reply: object;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
type Answerer = (body: unknown) => Answered | null;

/** The other end of HTTP, which a test holds in its hands. */
export interface FakeGateway {
  readonly fetch: typeof globalThis.fetch;
  /** Everything that was asked, as `POST /api/sign-in`, with its body. */
  readonly asked: readonly { readonly what: string; readonly body: unknown }[];
  /** From now on `what`, such as `GET /api/me`, is answered so. */
  answer: (what: string, answer: Answered | null | Answerer) => void;
}

export const SIGNED_OUT: Answered = {
  status: 401,
  reply: { ok: false, code: 'signed-out', message: 'You are signed out.' },
};

/** Somebody of whom every test of the board may be: they may edit everybody. */
export const RITA: Me = {
  id: 1,
  name: 'rita',
  role: 'receptionist',
  extensions: ['1101@default'],
  proof: 'password',
};

export function createFakeGateway(): FakeGateway {
  const asked: { what: string; body: unknown }[] = [];
  const answers = new Map<string, Answerer>();
  const answer: FakeGateway['answer'] = (what, given) =>
    void answers.set(what, typeof given === 'function' ? given : () => given);
  const listed = (command: string, value: unknown) =>
    answer(`POST /api/commands/${command}`, { reply: { ok: true, value } });
  listed('list-edits', []);
  listed('list-templates', { own: [], site: [] });
  const none = { subtypes: [], messages: [] };
  listed('list-last-used', { own: none, site: none });
  listed('list-history', { from: 0, keepDays: 0, entries: [] });

  return {
    asked,
    answer,
    fetch: (path, { method = 'GET', body } = {}) => {
      const what = `${method} ${path instanceof Request ? path.url : path.toString()}`;
      const sent: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
      asked.push({ what, body: sent });
      const given = answers.get(what)?.(sent) ?? null;
      if (given === null) return Promise.reject(new TypeError('Failed to fetch'));
      const { reply, status = 200, headers = {} } = given;
      return Promise.resolve(new Response(JSON.stringify(reply), { status, headers }));
    },
  };
}
