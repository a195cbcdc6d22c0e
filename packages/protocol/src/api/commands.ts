import * as z from 'zod/mini';
import { auditEntry } from '../accounts/audit.ts';
import { account, accountName, accountSettings, sessionInfo } from '../accounts/account.ts';
import { presenceChange, setPresence, setPresenceReply } from '../presence/presence-change.ts';
import { health } from '../health/health.ts';
import { history } from '../extensions/history.ts';
import { groupId, userGroup, preferencesPatch } from '../preferences/user-settings.ts';
import { failure } from '../common/failure.ts';
import { newPassword, MAX_PASSWORD_LENGTH } from '../accounts/sign-in.ts';
import { recentValues, presenceTemplate, templateId, templates } from '../presence/presence-template.ts';

const accountRequest = z.object({ account: accountName });
const noValue = z.null();

function reply<T extends z.core.$ZodType>(value: T) {
  return z.union([z.readonly(z.object({ ok: z.literal(true), value })), failure]);
}

/**
 * Request and reply of each command: over the socket the event of its name with an acknowledgement, over HTTP
 * `POST /api/commands/<name>`. The rights are in `rights.ts`.
 */
export const COMMANDS = {
  'set-presence': { request: setPresence, reply: setPresenceReply },
  /** The latest edits of one extension, newest first. */
  'list-presence-changes': { request: z.object({ id: z.string() }), reply: reply(z.array(presenceChange)) },
  'list-history': { request: z.object({ id: z.string() }), reply: reply(history) },
  'set-preferences': {
    request: z.object({ account: accountName, preferences: preferencesPatch }),
    reply: reply(noValue),
  },
  /** Adds a group at the end, or changes it. */
  'save-group': { request: z.object({ account: accountName, group: userGroup }), reply: reply(noValue) },
  'remove-group': { request: z.object({ account: accountName, group: groupId }), reply: reply(noValue) },
  /** Groups that are not listed follow, in their order. */
  'reorder-groups': {
    request: z.object({ account: accountName, groups: z.array(groupId).check(z.maxLength(100)) }),
    reply: reply(noValue),
  },
  'list-templates': { request: accountRequest, reply: reply(templates) },
  'save-template': {
    request: z.object({ account: accountName, template: presenceTemplate }),
    reply: reply(noValue),
  },
  'remove-template': {
    request: z.object({ account: accountName, template: templateId }),
    reply: reply(noValue),
  },
  'save-site-template': { request: z.object({ template: presenceTemplate }), reply: reply(noValue) },
  'remove-site-template': { request: z.object({ template: templateId }), reply: reply(noValue) },
  'list-recent-values': { request: accountRequest, reply: reply(recentValues) },
  'list-sessions': { request: accountRequest, reply: reply(z.array(sessionInfo)) },
  'revoke-session': {
    request: z.object({ account: accountName, session: z.string() }),
    reply: reply(noValue),
  },
  /** Ends all sessions of the account, this one too. */
  'revoke-sessions': { request: accountRequest, reply: reply(noValue) },
  /** Ends every other session of the account. */
  'change-password': {
    request: z.object({
      account: accountName,
      current: z.string().check(z.maxLength(MAX_PASSWORD_LENGTH)),
      password: newPassword,
    }),
    reply: reply(noValue),
  },
  'list-accounts': { request: z.object({}), reply: reply(z.array(account)) },
  'add-account': {
    request: z.object({ name: accountName, password: newPassword, settings: accountSettings }),
    reply: reply(account),
  },
  'change-account': {
    request: z.object({
      account: accountName,
      /** The new name, where the account is renamed. */
      name: z.optional(accountName),
      settings: accountSettings,
    }),
    reply: reply(account),
  },
  /** Ends the account's sessions. */
  'set-password': {
    request: z.object({ account: accountName, password: newPassword }),
    reply: reply(noValue),
  },
  'remove-account': { request: accountRequest, reply: reply(noValue) },
  /** The audit log, newest first, before an entry or from the end. */
  'list-audit': {
    request: z.object({ beforeId: z.nullable(z.number()) }),
    reply: reply(z.array(auditEntry)),
  },
  'get-health': { request: z.object({}), reply: reply(health) },
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandRequest<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['request']>;
export type CommandReply<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['reply']>;

type Schemas = {
  readonly [N in CommandName]: {
    readonly request: z.ZodMiniType<CommandRequest<N>>;
    readonly reply: z.ZodMiniType<CommandReply<N>>;
  };
};
const SCHEMAS: Schemas = COMMANDS;

/** Returns null for an invalid request. */
export function parseRequest<N extends CommandName>(name: N, raw: unknown): CommandRequest<N> | null {
  const parsed = SCHEMAS[name].request.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

export function replySchema<N extends CommandName>(name: N): z.ZodMiniType<CommandReply<N>> {
  return SCHEMAS[name].reply;
}

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommandName);

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** The gateway replies `timeout` after this; the client waits a little longer. */
export const COMMAND_TIMEOUT_MS = 5000;
