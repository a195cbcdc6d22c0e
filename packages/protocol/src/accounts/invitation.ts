import * as z from 'zod/mini';
import { accountName, accountSettings } from './account.ts';
import { newPassword } from './sign-in.ts';

/** Days that an invitation may be valid. */
export const INVITATION_DAYS = [1, 3, 7, 14, 30] as const;
export const DEFAULT_INVITATION_DAYS = 14;
/** Accounts of one command. */
export const MAX_INVITATIONS = 1000;

const days = z.literal(INVITATION_DAYS);

export const accountNames = z.array(accountName).check(z.maxLength(MAX_INVITATIONS));

/** Invitations for existing accounts; each replaces the previous one of its account. */
export const inviteAccounts = { accounts: accountNames, days };

/** New accounts without a password, each with an invitation. */
export const addInvitedAccounts = {
  accounts: z
    .array(z.object({ name: accountName, settings: accountSettings }))
    .check(z.maxLength(MAX_INVITATIONS)),
  days,
};

/** The links, which are not stored, in the order of the request. `expiresAt` in milliseconds since 1970. */
export const invitations = z.readonly(
  z.object({
    expiresAt: z.number(),
    links: z.array(z.readonly(z.object({ account: z.string(), url: z.string() }))),
  }),
);
export type Invitations = z.infer<typeof invitations>;

/** A name that can't be added: `account` is the same or looks the same; it may be another name of the request. */
export const nameConflict = z.readonly(z.object({ name: z.string(), account: z.string() }));
export type NameConflict = z.infer<typeof nameConflict>;

/** `POST /api/sign-in/invitation-link`: checks the token of an invitation. */
export const invitationLink = z.object({ token: z.string().check(z.maxLength(100)) });
/** `POST /api/sign-in/invitation`: sets the password of the account, and signs in. */
export const acceptInvitation = z.object({ ...invitationLink.shape, password: newPassword });

/** The account of a valid invitation. `expiresAt` in milliseconds since 1970. */
export const invitation = z.readonly(z.object({ account: z.string(), expiresAt: z.number() }));
export type Invitation = z.infer<typeof invitation>;
