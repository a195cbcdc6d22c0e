import * as z from 'zod/mini';
import { call } from '../calls/call.ts';
import { extension } from '../extensions/extension.ts';
import { pbx } from '../pbx/pbx.ts';

/** The tables of the board, by name. Each row has an `id`. */
const TABLES = { pbxs: pbx, extensions: extension, calls: call };

export type TableName = keyof typeof TABLES;
export type Row<T extends TableName> = Readonly<z.infer<(typeof TABLES)[T]>>;

type Fields<R> = { readonly [K in keyof R]?: R[K] | undefined };

/** A change of one table; a patch holds the fields that changed. Those of a delta are applied in order. */
export type ChangeOf<T extends TableName> = {
  readonly [K in T]:
    | { readonly table: K; readonly op: 'put'; readonly row: Row<K> }
    | { readonly table: K; readonly op: 'patch'; readonly id: string; readonly fields: Fields<Row<K>> }
    | { readonly table: K; readonly op: 'remove'; readonly id: string };
}[T];
export type Change = ChangeOf<TableName>;

/** Checks only the fields that are there, unlike a partial object, which costs more than all the rest of a delta. */
function fieldsOf<S extends z.core.$ZodShape>(row: z.ZodMiniObject<S>) {
  const schemas = new Map(Object.entries(row.shape));
  return z.custom<Fields<z.output<typeof row>>>((fields) => {
    if (typeof fields !== 'object' || fields === null) return false;
    for (const [name, field] of Object.entries(fields)) {
      const schema = schemas.get(name);
      if (schema !== undefined && !z.safeParse(schema, field).success) return false;
    }
    return true;
  });
}

const changeOf = <T extends string, S extends z.core.$ZodShape>(table: T, row: z.ZodMiniObject<S>) =>
  z.discriminatedUnion('op', [
    z.object({ table: z.literal(table), op: z.literal('put'), row }),
    z.object({ table: z.literal(table), op: z.literal('patch'), id: z.string(), fields: fieldsOf(row) }),
    z.object({ table: z.literal(table), op: z.literal('remove'), id: z.string() }),
  ]);
const change = z.discriminatedUnion('table', [
  changeOf('pbxs', TABLES.pbxs),
  changeOf('extensions', TABLES.extensions),
  changeOf('calls', TABLES.calls),
]);

/**
 * The whole board. `epoch` changes at each gateway start and each full list after an outage; `seq` counts the deltas
 * within an epoch. `time` is the gateway's clock, in milliseconds since 1970.
 */
export const snapshot = z.readonly(
  z.object({
    epoch: z.string(),
    seq: z.number(),
    time: z.number(),
    pbxs: z.array(TABLES.pbxs),
    extensions: z.array(TABLES.extensions),
    calls: z.array(TABLES.calls),
  }),
);
export type Snapshot = z.infer<typeof snapshot>;

/** The changes that lead from `seq - 1` to `seq` within an epoch. */
export const delta = z.readonly(
  z.object({ epoch: z.string(), seq: z.number(), changes: z.readonly(z.array(change)) }),
);
export interface Delta {
  readonly epoch: string;
  readonly seq: number;
  readonly changes: readonly Change[];
}
