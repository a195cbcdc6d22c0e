import * as z from 'zod/mini';
import { SETTABLE_STATES } from './states.ts';

export const MAX_TEMPLATES = 50;
export const MAX_TEMPLATE_NAME_LENGTH = 60;

const DAY_MINUTES = 24 * 60;
const thenState = z.nullable(z.enum(SETTABLE_STATES));

/** A return time relative to now (`in`), or at a time of day in minutes since midnight (`at`). */
const relativeReturnTime = z.readonly(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('in'),
      minutes: z.int().check(z.minimum(1), z.maximum(60 * DAY_MINUTES)),
      thenState,
    }),
    z.object({
      kind: z.literal('at'),
      minutes: z.int().check(z.minimum(0), z.maximum(DAY_MINUTES - 1)),
      thenState,
    }),
  ]),
);
export type RelativeReturnTime = z.infer<typeof relativeReturnTime>;

const text = z.string().check(z.maxLength(1022));

export const templateId = z.string().check(z.minLength(1), z.maxLength(40));

export const presenceTemplate = z.readonly(
  z.object({
    id: templateId,
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_TEMPLATE_NAME_LENGTH)),
    state: z.enum(SETTABLE_STATES),
    subtype: text,
    message: text,
    returnTime: z.nullable(relativeReturnTime),
  }),
);
export type PresenceTemplate = z.infer<typeof presenceTemplate>;

/** The templates of the account and of the site, each in their order. */
export const templates = z.readonly(
  z.object({ user: z.readonly(z.array(presenceTemplate)), site: z.readonly(z.array(presenceTemplate)) }),
);
export type Templates = z.infer<typeof templates>;

const recentTexts = z.readonly(
  z.object({ subtypes: z.readonly(z.array(z.string())), messages: z.readonly(z.array(z.string())) }),
);
/** Recent subtypes and messages without duplicates, latest first: of the account, and of the site. */
export const recentValues = z.readonly(z.object({ user: recentTexts, site: recentTexts }));
export type RecentValues = z.infer<typeof recentValues>;
