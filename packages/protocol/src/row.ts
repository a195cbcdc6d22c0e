import * as z from 'zod/mini';
import { author } from './author.ts';
import { back } from './back.ts';
import { presence } from './presence.ts';
import { since } from './since.ts';
import { LAMPS } from './vocabulary.ts';

/** Who sits at an extension; the empty string where it is not known. */
export const person = z.readonly(
  z.object({ name: z.string(), department: z.string(), email: z.string(), mobile: z.string() }),
);
export type Person = z.infer<typeof person>;

/** One hint of the dialplan, as the board shows it. */
export const extensionRow = z.readonly(
  z.object({
    /** `exten@context`, the row's identity. */
    id: z.string(),
    exten: z.string(),
    context: z.string(),
    person,
    lamp: z.enum(LAMPS),
    lampSince: since,
    /** The presence provider of the hint, such as `CustomPresence:1101`; null where the hint has none. */
    provider: z.nullable(z.string()),
    /** Null where there is no provider, or one of which Asterisk tells nothing. */
    presence: z.nullable(presence),
    presenceSince: since,
    /** Null where nobody saw who set it. */
    presenceBy: z.nullable(author),
    back: z.nullable(back),
  }),
);
export type ExtensionRow = z.infer<typeof extensionRow>;
