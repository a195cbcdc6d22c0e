import * as z from 'zod/mini';
import { SETTABLE_STATES } from './vocabulary.ts';

export const TEMPLATES_MAX = 50;
export const TEMPLATE_NAME_LENGTH = 60;

const DAY_MINUTES = 24 * 60;
const next = z.nullable(z.enum(SETTABLE_STATES));

/** A return time that is not fixed yet: so many minutes from now, or at a time of the day, in minutes since midnight. */
export const backPlan = z.readonly(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('in'),
      minutes: z.int().check(z.minimum(1), z.maximum(60 * DAY_MINUTES)),
      next,
    }),
    z.object({
      kind: z.literal('at'),
      minutes: z.int().check(z.minimum(0), z.maximum(DAY_MINUTES - 1)),
      next,
    }),
  ]),
);
export type BackPlan = z.infer<typeof backPlan>;

const text = z.string().check(z.maxLength(1022));

export const templateId = z.string().check(z.minLength(1), z.maxLength(40));

/** A presence to be set with one key or tap. */
export const template = z.readonly(
  z.object({
    id: templateId,
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(TEMPLATE_NAME_LENGTH)),
    state: z.enum(SETTABLE_STATES),
    subtype: text,
    message: text,
    back: z.nullable(backPlan),
  }),
);
export type Template = z.infer<typeof template>;

/** The account's own templates, and those of the whole site, each in their order. */
export const templates = z.readonly(
  z.object({ own: z.readonly(z.array(template)), site: z.readonly(z.array(template)) }),
);
export type Templates = z.infer<typeof templates>;

const usedTexts = z.readonly(
  z.object({ subtypes: z.readonly(z.array(z.string())), messages: z.readonly(z.array(z.string())) }),
);
/** Subtypes and messages used last, each once, the latest first: by the account, and by anybody of the site. */
export const lastUsed = z.readonly(z.object({ own: usedTexts, site: usedTexts }));
export type LastUsed = z.infer<typeof lastUsed>;
