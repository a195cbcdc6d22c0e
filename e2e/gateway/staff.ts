import type { Account, Failure, Role } from '@lampboard/protocol';
import { until } from '../processes/until.ts';
import { postCommand, signIn, valueOf } from './sign-in.ts';

export interface StaffMember {
  readonly name: string;
  readonly role: Role;
  readonly extension: string;
  readonly cookie: string;
  /** The id of the session of that cookie. */
  readonly session: string;
}

/** Accounts that a test needs besides the three that are always there, and what only administrators see of them. */
export interface Staff {
  /** A new account with a name of its own, signed in. */
  hire(settings: { role: Role; extension: string; password: string }): Promise<StaffMember>;
  accounts(): Promise<readonly Account[]>;
  /** The ids of somebody's sessions. */
  sessions(name: string): Promise<readonly string[]>;
  adminCookie(): Promise<string>;
}

/** An account may give 50 commands in 5 s; so many administrators together do what a large test asks for. */
const ADMINISTRATORS = 8;

export async function createStaff(gateway: { url: string }): Promise<Staff> {
  const ada = await signIn(gateway, 'ada');
  const administrators = [ada];
  let hired = 0;
  let turn = 0;

  async function ask<T>(
    give: (cookie: string) => Promise<{ readonly ok: true; readonly value: T } | Failure>,
  ): Promise<T> {
    const done = await until({
      what: 'an administrator who may give one more command',
      everyMs: 200,
      probe: async () => {
        turn += 1;
        const reply = await give(administrators[turn % administrators.length] ?? ada);
        return (reply.ok || reply.code !== 'too-many') && reply;
      },
    });
    return valueOf(done);
  }

  async function hire({ role, extension, password }: Parameters<Staff['hire']>[0]): Promise<StaffMember> {
    hired += 1;
    const name = `${role} ${hired}`;
    const settings = { role, extensions: [extension], disabled: false };
    await ask((cookie) => postCommand(gateway, cookie, 'add-account', { name, password, settings }));
    const cookie = await signIn(gateway, { account: name, password });
    const [session = ''] = await sessionsOf(name);
    return { name, role, extension, cookie, session };
  }

  async function sessionsOf(name: string): Promise<readonly string[]> {
    const sessions = await ask((cookie) => postCommand(gateway, cookie, 'list-sessions', { account: name }));
    return sessions.map(({ id }) => id).toSorted();
  }

  while (administrators.length < ADMINISTRATORS) {
    const { cookie } = await hire({
      role: 'admin',
      extension: '1103@default',
      password: 'tangerine kettle 8',
    });
    administrators.push(cookie);
  }
  return {
    hire,
    accounts: () => ask((cookie) => postCommand(gateway, cookie, 'list-accounts', {})),
    sessions: sessionsOf,
    adminCookie: async () => ada,
  };
}
