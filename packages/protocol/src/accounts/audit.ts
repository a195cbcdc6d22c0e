import * as z from 'zod/mini';

/** What the audit log tells of. */
export const AUDIT_EVENTS = [
  'signed-in',
  'sign-in-refused',
  'throttled',
  'signed-out',
  'sessions-ended',
  'account-added',
  'account-changed',
  'account-renamed',
  'account-removed',
  'account-unlocked',
  'password-set',
  'password-changed',
  'site-templates-changed',
  'settings-changed',
  'refused',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

/** One entry, as administrators read it. */
export const auditEntry = z.readonly(
  z.object({
    id: z.number(),
    /** Milliseconds since 1970. */
    timestamp: z.number(),
    event: z.enum(AUDIT_EVENTS),
    /** The account that did it; null: nobody signed in, or the command line. */
    actor: z.nullable(z.string()),
    /** The account that it was done to, where that is another one; its old name and the new one where it was renamed. */
    target: z.nullable(z.string()),
    /** Where it came from; null: this machine's command line, or a start. */
    address: z.nullable(z.string()),
    /** In words for programs: the way of a sign-in, the code of a refusal, what was changed. */
    detail: z.string(),
  }),
);
export type AuditEntry = z.infer<typeof auditEntry>;

/** So many entries are read at once. */
export const AUDIT_PAGE_SIZE = 100;
