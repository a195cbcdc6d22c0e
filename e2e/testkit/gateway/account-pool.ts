import type { Failure, Role } from '@lampboard/protocol';
import { waitUntil } from '../processes/wait-until.ts';
import { postCommand, signIn, unwrapReply } from './http-client.ts';

export interface PoolAccount {
  readonly name: string;
  readonly role: Role;
  readonly extension: string;
  readonly cookie: string;
  /** Id of the session of the cookie. */
  readonly session: string;
}

/** Additional accounts for a test, and what only administrators see of them. */
export type AccountPool = Awaited<ReturnType<typeof createAccountPool>>;

/** An account may send 50 commands in 5 s; large tests need several. */
const ADMINISTRATORS = 8;

export const POOL_PASSWORD = 'tangerine kettle 7';

export async function createAccountPool(gateway: { url: string }) {
  const ada = await signIn(gateway, 'ada');
  const administrators = [ada];
  let created = 0;
  let nextAdministrator = 0;

  async function asAdministrator<T>(
    command: (cookie: string) => Promise<{ readonly ok: true; readonly value: T } | Failure>,
  ): Promise<T> {
    const reply = await waitUntil(
      'an administrator who may give one more command',
      async () => {
        nextAdministrator += 1;
        const result = await command(administrators[nextAdministrator % administrators.length] ?? ada);
        return (result.ok || result.code !== 'too-many') && result;
      },
      { everyMs: 200 },
    );
    return unwrapReply(reply);
  }

  async function create(role: Role, extension = '1106@default'): Promise<PoolAccount> {
    const password = POOL_PASSWORD;
    created += 1;
    const name = `${role} ${created}`;
    const settings = { role, extensions: [extension], disabled: false };
    await asAdministrator((cookie) =>
      postCommand(gateway, cookie, 'add-account', { name, password, settings }),
    );
    const cookie = await signIn(gateway, { account: name, password });
    const [session = ''] = await sessionsOf(name);
    return { name, role, extension, cookie, session };
  }

  async function sessionsOf(name: string): Promise<readonly string[]> {
    const sessions = await asAdministrator((cookie) =>
      postCommand(gateway, cookie, 'list-sessions', { account: name }),
    );
    return sessions.map(({ id }) => id).toSorted();
  }

  while (administrators.length < ADMINISTRATORS) {
    const { cookie } = await create('admin', '1103@default');
    administrators.push(cookie);
  }
  return {
    /** Creates an account with a unique name and `POOL_PASSWORD`, and signs it in. */
    create,
    accounts: () => asAdministrator((cookie) => postCommand(gateway, cookie, 'list-accounts', {})),
    sessions: sessionsOf,
    adminCookie: async () => ada,
  };
}
