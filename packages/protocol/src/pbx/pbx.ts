import * as z from 'zod/mini';

/** Why the gateway has no live link to Asterisk. */
export const LINK_REASONS = [
  'connecting',
  'unreachable',
  'tls-error',
  'rejected',
  'login-refused',
  'permission-denied',
  'no-events',
  'booting',
  'unresponsive',
  'overrun',
  'syncing',
  /** In a cluster: no gateway leads, or this one cannot tell. */
  'no-leader',
  'redis-unreachable',
] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** `since` is in milliseconds since 1970 by the gateway's clock; `code` is the system's, such as `ECONNREFUSED`. */
const linkStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('live') }),
  z.object({
    state: z.literal('down'),
    since: z.number(),
    reason: z.enum(LINK_REASONS),
    code: z.optional(z.string()),
  }),
]);
export type LinkStatus = Readonly<z.infer<typeof linkStatus>>;

/** Colours that mark a PBX; none of them is a lamp's. */
export const PBX_COLOURS = ['violet', 'teal', 'brown', 'pink', 'olive', 'grey'] as const;
export type PbxColour = (typeof PBX_COLOURS)[number];

/** One Asterisk that the board shows. `version` is null where it did not report one; `demo`: the embedded demo PBX. */
export const pbx = z.object({
  id: z.string(),
  /** As users see it; empty where it is the only one. */
  name: z.string(),
  colour: z.enum(PBX_COLOURS),
  version: z.nullable(z.string()),
  demo: z.boolean(),
  link: linkStatus,
  /** Of the AMI session for calls; absent where calls are off. */
  callsLink: z.optional(linkStatus),
});
export type Pbx = Readonly<z.infer<typeof pbx>>;

/** The id of a PBX that is the only one; ids of its extensions have no prefix. */
export const ONLY_PBX = '';

/** Returns the id of an extension: `exten@context`, after `pbx/` where there are several. */
export function extensionId(exten: string, context: string, pbxId: string): string {
  return `${prefixOf(pbxId)}${exten}@${context}`;
}

/** Returns the id of a call: the Uniqueid of its channel, after `pbx/` where there are several. */
export const callId = (uniqueid: string, pbxId: string) => `${prefixOf(pbxId)}${uniqueid}`;

export function isOfPbx(id: string, pbxId: string): boolean {
  return id.startsWith(prefixOf(pbxId));
}

/** True if one of these PBXs may have an extension with this id. */
export const isOfAnyPbx = (id: string, pbxIds: readonly string[]) => pbxIds.includes(pbxIdOf(id, pbxIds));

/** Returns the PBX of an extension. */
export function pbxIdOfExtension({ id, exten, context }: Record<'id' | 'exten' | 'context', string>): string {
  const prefixLength = id.length - exten.length - '@'.length - context.length;
  return prefixLength === 0 ? ONLY_PBX : id.slice(0, prefixLength - '/'.length);
}

/** Returns the PBX of an extension's id among these; {@link ONLY_PBX} where its id has no prefix of theirs. */
export function pbxIdOf(id: string, pbxIds: Iterable<string>): string {
  for (const pbxId of pbxIds) if (pbxId !== ONLY_PBX && isOfPbx(id, pbxId)) return pbxId;
  return ONLY_PBX;
}

const prefixOf = (pbxId: string) => (pbxId === ONLY_PBX ? '' : `${pbxId}/`);
