import * as z from 'zod/mini';
import { auditEntry } from './audit.ts';
import { account, accountName, accountSettings } from './account.ts';
import { editRecord } from './edit-record.ts';
import { health } from './health.ts';
import { history } from './history.ts';
import { groupId, ownGroup, preferencesPatch } from './own-board.ts';
import { failure } from './result.ts';
import { sessionInfo } from './session.ts';
import { setPresence, setPresenceReply } from './set-presence.ts';
import { newPassword, PASSWORD_MAX } from './sign-in.ts';
import { lastUsed, template, templateId, templates } from './template.ts';

const ofAccount = z.object({ account: accountName });
const done = z.null();

function reply<T extends z.core.$ZodType>(value: T) {
  return z.union([z.readonly(z.object({ ok: z.literal(true), value })), failure]);
}

/**
 * Every command, with what it asks and what it answers: over the socket as the event of its name with an
 * acknowledgement, over HTTP as `POST /api/commands/<name>`. Who may give it is in `rights.ts`.
 */
export const COMMANDS = {
  'set-presence': { request: setPresence, reply: setPresenceReply },
  /** The latest edits of one extension, the newest first. */
  'list-edits': { request: z.object({ id: z.string() }), reply: reply(z.array(editRecord)) },
  /** How lamp and presence of one extension were, in the last days. */
  'list-history': { request: z.object({ id: z.string() }), reply: reply(history) },
  'set-preferences': {
    request: z.object({ account: accountName, preferences: preferencesPatch }),
    reply: reply(done),
  },
  /** Adds a group of the account's own, or changes it; a new one comes last. */
  'save-group': { request: z.object({ account: accountName, group: ownGroup }), reply: reply(done) },
  'remove-group': { request: z.object({ account: accountName, group: groupId }), reply: reply(done) },
  /** Groups that are not named keep their order, after those that are. */
  'order-groups': {
    request: z.object({ account: accountName, groups: z.array(groupId).check(z.maxLength(100)) }),
    reply: reply(done),
  },
  'list-templates': { request: ofAccount, reply: reply(templates) },
  'save-template': { request: z.object({ account: accountName, template }), reply: reply(done) },
  'remove-template': {
    request: z.object({ account: accountName, template: templateId }),
    reply: reply(done),
  },
  'save-site-template': { request: z.object({ template }), reply: reply(done) },
  'remove-site-template': { request: z.object({ template: templateId }), reply: reply(done) },
  'list-last-used': { request: ofAccount, reply: reply(lastUsed) },
  'list-sessions': { request: ofAccount, reply: reply(z.array(sessionInfo)) },
  'end-session': {
    request: z.object({ account: accountName, session: z.string() }),
    reply: reply(done),
  },
  /** Signs the account out everywhere, here too. */
  'end-sessions': { request: ofAccount, reply: reply(done) },
  /** Ends every other session of the account. */
  'change-password': {
    request: z.object({
      account: accountName,
      current: z.string().check(z.maxLength(PASSWORD_MAX)),
      password: newPassword,
    }),
    reply: reply(done),
  },
  'list-accounts': { request: z.object({}), reply: reply(z.array(account)) },
  'add-account': {
    request: z.object({ name: accountName, password: newPassword, settings: accountSettings }),
    reply: reply(account),
  },
  'change-account': {
    request: z.object({
      account: accountName,
      /** Its name from now on, where it is renamed. */
      name: z.optional(accountName),
      settings: accountSettings,
    }),
    reply: reply(account),
  },
  /** Ends the account's sessions. */
  'set-password': {
    request: z.object({ account: accountName, password: newPassword }),
    reply: reply(done),
  },
  'remove-account': { request: ofAccount, reply: reply(done) },
  /** The audit log, the newest first, before an entry or from the end. */
  'list-audit': {
    request: z.object({ before: z.nullable(z.number()) }),
    reply: reply(z.array(auditEntry)),
  },
  /** How the gateway itself was, in the last hour. */
  'read-health': { request: z.object({}), reply: reply(health) },
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

/** Null where it is no request of this command. */
export function parseRequest<N extends CommandName>(name: N, raw: unknown): CommandRequest<N> | null {
  const parsed = SCHEMAS[name].request.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

/** What an answer to this command has to look like. */
export function replySchema<N extends CommandName>(name: N): z.ZodMiniType<CommandReply<N>> {
  return SCHEMAS[name].reply;
}

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommandName);

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Milliseconds after which the gateway answers `timeout` to a command; the console waits a little longer. */
export const COMMAND_TIMEOUT_MS = 5000;
