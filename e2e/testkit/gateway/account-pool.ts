import type { Account, Failure, Role } from '@lampboard/protocol';
import { waitUntil } from '../processes/wait-until.ts';
import { postCommand, signIn, unwrapReply } from './http-client.ts';

export interface PoolAccount {
  readonly name: string;
  readonly role: Role;
  readonly extension: string;
  readonly cookie: string;
  /** The id of the session of that cookie. */
  readonly session: string;
}

/** Accounts that a test needs besides the three that are always there, and what only administrators see of them. */
export interface AccountPool {
  /** A new account with a name of its own, signed in. */
  create(settings: { role: Role; extension: string; password: string }): Promise<PoolAccount>;
  accounts(): Promise<readonly Account[]>;
  /** The ids of somebody's sessions. */
  sessions(name: string): Promise<readonly string[]>;
  adminCookie(): Promise<string>;
}

/** An account may give 50 commands in 5 s; so many administrators together do what a large test asks for. */
const ADMINISTRATORS = 8;

export async function createAccountPool(gateway: { url: string }): Promise<AccountPool> {
  const ada = await signIn(gateway, 'ada');
  const administrators = [ada];
  let created = 0;
  let nextAdministrator = 0;

  async function asAdministrator<T>(
    command: (cookie: string) => Promise<{ readonly ok: true; readonly value: T } | Failure>,
  ): Promise<T> {
    const reply = await waitUntil({
      description: 'an administrator who may give one more command',
      everyMs: 200,
      probe: async () => {
        nextAdministrator += 1;
        const result = await command(administrators[nextAdministrator % administrators.length] ?? ada);
        return (result.ok || result.code !== 'too-many') && result;
      },
    });
    return unwrapReply(reply);
  }

  async function create({
    role,
    extension,
    password,
  }: Parameters<AccountPool['create']>[0]): Promise<PoolAccount> {
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
    const { cookie } = await create({
      role: 'admin',
      extension: '1103@default',
      password: 'tangerine kettle 8',
    });
    administrators.push(cookie);
  }
  return {
    create,
    accounts: () => asAdministrator((cookie) => postCommand(gateway, cookie, 'list-accounts', {})),
    sessions: sessionsOf,
    adminCookie: async () => ada,
  };
}
