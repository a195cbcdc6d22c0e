import * as z from 'zod/mini';

const AUDIT_EVENTS = [
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
  'invited',
  'invitation-revoked',
  'invitation-accepted',
  'password-changed',
  'directory-changed',
  'site-templates-changed',
  'settings-changed',
  'refused',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

export const auditEntry = z.readonly(
  z.object({
    id: z.number(),
    /** Milliseconds since 1970. */
    timestamp: z.number(),
    event: z.enum(AUDIT_EVENTS),
    /** The account that did it; null for the command line, and before a sign-in. */
    actor: z.nullable(z.string()),
    /** The affected account, where it is another one; old and new name of a renamed one. */
    target: z.nullable(z.string()),
    /** The client's address; null for the command line and for a start. */
    address: z.nullable(z.string()),
    /** Machine-readable: the sign-in method, the failure code, the changed fields. */
    detail: z.string(),
  }),
);
export type AuditEntry = z.infer<typeof auditEntry>;

export const AUDIT_PAGE_SIZE = 100;
