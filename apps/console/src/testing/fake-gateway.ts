import type { Me } from '@lampboard/protocol';

/** Null where nothing answers. */
interface FakeResponse {
  readonly reply: object;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type FakeGateway = ReturnType<typeof createFakeGateway>;

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
export const ADA: Me = { ...RITA, name: 'ada', role: 'admin' };

/** Commands that reply with null. */
const EMPTY_REPLIES = [
  ['save-group', 'remove-group', 'reorder-groups', 'set-preferences'],
  ['save-template', 'save-site-template', 'remove-template', 'remove-site-template'],
  ['change-password', 'set-password', 'remove-account', 'revoke-session', 'revoke-sessions'],
  ['revoke-invitation'],
].flat();

export function createFakeGateway() {
  const requests: { endpoint: string; body: unknown }[] = [];
  const responses = new Map<string, FakeResponse | null>();
  const stub = (endpoint: string, response: FakeResponse | null) => void responses.set(endpoint, response);
  const stubCommand = (command: string, value: unknown) =>
    stub(`POST /api/commands/${command}`, { reply: { ok: true, value } });
  stubCommand('list-presence-changes', []);
  stubCommand('list-templates', { user: [], site: [] });
  const empty = { subtypes: [], messages: [] };
  stubCommand('list-recent-values', { user: empty, site: empty });
  stubCommand('list-history', { from: 0, retentionDays: 0, entries: [] });
  stubCommand('list-calls', { retentionDays: 0, calls: [] });
  stubCommand('list-sessions', []);
  for (const command of EMPTY_REPLIES) stubCommand(command, null);

  return {
    /** With endpoints such as `POST /api/sign-in`. */
    requests,
    stub,
    stubCommand,
    failCommand: (command: string, code: string, message: string, status = 409) =>
      stub(`POST /api/commands/${command}`, { status, reply: { ok: false, code, message } }),
    /** Returns the bodies of a command's requests. */
    sent: (command: string) =>
      requests.filter(({ endpoint }) => endpoint.endsWith(`/commands/${command}`)).map(({ body }) => body),
    fetch: (path: RequestInfo | URL, { method = 'GET', body }: RequestInit = {}) => {
      const endpoint = `${method} ${path instanceof Request ? path.url : path.toString()}`;
      requests.push({ endpoint, body: typeof body === 'string' ? JSON.parse(body) : undefined });
      const response = responses.get(endpoint) ?? null;
      if (response === null) return Promise.reject(new TypeError('Failed to fetch'));
      const { reply, status = 200, headers = {} } = response;
      return Promise.resolve(new Response(JSON.stringify(reply), { status, headers }));
    },
  };
}
