import type { Me } from '@lampboard/protocol';

/** Null where nothing answers. */
interface FakeResponse {
  readonly reply: object;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
type Responder = (body: unknown) => FakeResponse | null;

export interface FakeGateway {
  readonly fetch: typeof globalThis.fetch;
  /** The requests, with endpoints such as `POST /api/sign-in`. */
  readonly requests: readonly { readonly endpoint: string; readonly body: unknown }[];
  stub: (endpoint: string, stub: FakeResponse | null | Responder) => void;
  stubCommand: (command: string, value: unknown) => void;
}

export const SIGNED_OUT: FakeResponse = {
  status: 401,
  reply: { ok: false, code: 'signed-out', message: 'You are signed out.' },
};

/** May edit everyone. */
export const RITA: Me = {
  id: 1,
  name: 'rita',
  role: 'receptionist',
  extensions: ['1101@default'],
  authMethod: 'password',
};

export function createFakeGateway(): FakeGateway {
  const requests: { endpoint: string; body: unknown }[] = [];
  const responders = new Map<string, Responder>();
  const stub: FakeGateway['stub'] = (endpoint, response) =>
    void responders.set(endpoint, typeof response === 'function' ? response : () => response);
  const stubCommand: FakeGateway['stubCommand'] = (command, value) =>
    stub(`POST /api/commands/${command}`, { reply: { ok: true, value } });
  stubCommand('list-presence-changes', []);
  stubCommand('list-templates', { user: [], site: [] });
  const empty = { subtypes: [], messages: [] };
  stubCommand('list-recent-values', { user: empty, site: empty });
  stubCommand('list-history', { from: 0, retentionDays: 0, entries: [] });
  for (const command of ['save-group', 'remove-group', 'set-preferences']) stubCommand(command, null);

  return {
    requests,
    stub,
    stubCommand,
    fetch: (path, { method = 'GET', body } = {}) => {
      const endpoint = `${method} ${path instanceof Request ? path.url : path.toString()}`;
      const parsedBody: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
      requests.push({ endpoint, body: parsedBody });
      const response = responders.get(endpoint)?.(parsedBody) ?? null;
      if (response === null) return Promise.reject(new TypeError('Failed to fetch'));
      const { reply, status = 200, headers = {} } = response;
      return Promise.resolve(new Response(JSON.stringify(reply), { status, headers }));
    },
  };
}
