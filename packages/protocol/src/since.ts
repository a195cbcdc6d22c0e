import * as z from 'zod/mini';

/** Milliseconds since 1970 by the gateway's clock; null while nobody saw when it began. */
export const since = z.nullable(z.number());
