import * as z from 'zod/mini';
import { auditEntry } from '../audit/audit.ts';
import { account, accountName, accountSettings, sessionInfo } from '../accounts/account.ts';
import {
  accountNames,
  addInvitedAccounts,
  invitations,
  inviteAccounts,
  nameConflict,
} from '../accounts/invitation.ts';
import { presenceChange, setPresence, setPresenceReply } from '../presence/presence-change.ts';
import {
  MAX_IMPORT_LENGTH,
  MAX_PHOTO_BYTES,
  directoryFields,
  directoryListing,
  directoryPatch,
  importPreview,
} from '../extensions/directory.ts';
import { health } from '../health/health.ts';
import { history, pastCalls } from '../history/history.ts';
import { groupId, userGroup, preferencesPatch } from '../preferences/user-settings.ts';
import { failure } from '../common/failure.ts';
import { newPassword, MAX_PASSWORD_LENGTH } from '../accounts/sign-in.ts';
import { recentValues, presenceTemplate, templateId, templates } from '../presence/presence-template.ts';

const importText = z.string().check(z.maxLength(MAX_IMPORT_LENGTH));
const accountShape = { account: accountName };

/** A command whose reply has a value. */
function query<S extends z.core.$ZodLooseShape, T extends z.core.$ZodType>(shape: S, value: T) {
  const success = z.readonly(z.object({ ok: z.literal(true), value }));
  return { request: z.object(shape), reply: z.union([success, failure]) };
}

const edit = <S extends z.core.$ZodLooseShape>(shape: S) => query(shape, z.null());

/** Request and reply of each command, `POST /api/commands/<name>`. The rights are in `rights.ts`. */
export const COMMANDS = {
  'set-presence': { request: setPresence, reply: setPresenceReply },
  /** The latest edits of one extension, newest first. */
  'list-presence-changes': query({ id: z.string() }, z.array(presenceChange)),
  'list-history': query({ id: z.string() }, history),
  'list-calls': query({ id: z.string() }, pastCalls),
  'set-preferences': edit({ account: accountName, preferences: preferencesPatch }),
  /** Adds a group at the end, or changes it. */
  'save-group': edit({ account: accountName, group: userGroup }),
  'remove-group': edit({ account: accountName, group: groupId }),
  /** Groups that are not listed follow, in their order. */
  'reorder-groups': edit({ account: accountName, groups: z.array(groupId).check(z.maxLength(100)) }),
  'list-templates': query(accountShape, templates),
  'save-template': edit({ account: accountName, template: presenceTemplate }),
  'remove-template': edit({ account: accountName, template: templateId }),
  'save-site-template': edit({ template: presenceTemplate }),
  'remove-site-template': edit({ template: templateId }),
  'list-recent-values': query(accountShape, recentValues),
  'list-sessions': query(accountShape, z.array(sessionInfo)),
  'revoke-session': edit({ account: accountName, session: z.string() }),
  /** Ends all sessions of the account, this one too. */
  'revoke-sessions': edit(accountShape),
  /** Ends every other session of the account. */
  'change-password': edit({
    account: accountName,
    current: z.string().check(z.maxLength(MAX_PASSWORD_LENGTH)),
    password: newPassword,
  }),
  'list-accounts': query({}, z.array(account)),
  'add-account': query({ name: accountName, password: newPassword, settings: accountSettings }, account),
  'change-account': query(
    {
      account: accountName,
      /** The new name, where the account is renamed. */
      name: z.optional(accountName),
      settings: accountSettings,
    },
    account,
  ),
  /** Ends the account's sessions. */
  'set-password': edit({ account: accountName, password: newPassword }),
  'remove-account': edit(accountShape),
  /** The names that can't be added together. */
  'list-name-conflicts': query({ names: accountNames }, z.array(nameConflict)),
  /** Adds all of them, or none. */
  'add-invited-accounts': query(addInvitedAccounts, invitations),
  'invite-accounts': query(inviteAccounts, invitations),
  'revoke-invitation': edit(accountShape),
  /** Every hint of Asterisk, what each source says of it, and what the file says of others. */
  'list-directory': query({}, directoryListing),
  /** `base` has what was set here when the change began: rejected if a changed field has another value by now. */
  'save-directory-entry': edit({
    id: z.string(),
    patch: directoryPatch,
    base: z.optional(directoryFields),
  }),
  /** `photo` is a PNG, JPEG or WebP image in base64. */
  'set-directory-photo': edit({
    id: z.string(),
    photo: z.string().check(z.maxLength(Math.ceil(MAX_PHOTO_BYTES / 3) * 4)),
    base: z.optional(directoryFields),
  }),
  /** What `import-directory` would do; `text` is a CSV file. */
  'preview-directory-import': query({ text: importText }, importPreview),
  /** Replies with the number of extensions that were changed. */
  'import-directory': query({ text: importText }, z.number()),
  /** The audit log, newest first, before an entry or from the end. */
  'list-audit': query({ beforeId: z.nullable(z.number()) }, z.array(auditEntry)),
  'get-health': query({}, health),
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

const KIB = 1024;
/** Largest request in bytes of commands about very many accounts or extensions, or with a photo. */
export const LARGE_COMMANDS = {
  'list-name-conflicts': 256 * KIB,
  'add-invited-accounts': 256 * KIB,
  'invite-accounts': 256 * KIB,
  'set-directory-photo': 128 * KIB,
  'preview-directory-import': 6144 * KIB,
  'import-directory': 6144 * KIB,
} as const satisfies Partial<Record<CommandName, number>>;

/** The gateway replies `timeout` after this; the client waits a little longer. */
export const COMMAND_TIMEOUT_MS = 5000;
