import { z } from 'zod';

/** Schema of a column that holds JSON. */
export const jsonColumn = <S extends z.core.$ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
