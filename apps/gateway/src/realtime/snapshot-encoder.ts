import { constants, deflateRawSync } from 'node:zlib';
import type { Call, Extension, Snapshot } from '@lampboard/protocol';
import type { ClientSocket } from './io-server.ts';
import { textMessage } from './broadcast.ts';

/** Extensions per part: fewer compress worse, more mean more to recompress after a change. */
const PART_SIZE = 512;
/** Parts compressed like this can be concatenated. */
const PART_OPTIONS = { finishFlush: constants.Z_FULL_FLUSH };
/** The end of a flush, which messages omit (RFC 7692, 7.2.1). */
const FLUSH_BYTES = 4;

type Redact = (extension: Extension) => Extension;

type Part = ReturnType<typeof createPart>;
type Tail = ReturnType<typeof createTail>;

/** An extension that is assigned to an account, as only that account reads it. */
export interface AssignedExtension {
  readonly extension: Extension;
  /** The one in the list that it replaces; null where the list has none. */
  readonly replaced: Extension | null;
}

/** The parts of one account's snapshot that replace those of all clients with the same rights. */
interface UserRows {
  readonly extensions?: readonly AssignedExtension[];
  readonly calls?: readonly Call[];
}

/** Encodes and compresses rows once for clients with the same rights; of the next lists only changed parts. */
export function createSnapshotEncoder(redact: Redact = (extension) => extension) {
  let parts: readonly Part[] = [];
  let tail = createTail([]);

  function update(extensions: Snapshot['extensions']): void {
    parts = Array.from({ length: Math.ceil(extensions.length / PART_SIZE) }, (_, index) => {
      const partExtensions = extensions.slice(index * PART_SIZE, (index + 1) * PART_SIZE);
      const previous = parts[index];
      const isSame = previous !== undefined && isSameList(previous.extensions, partExtensions);
      return isSame ? previous : createPart(partExtensions, { isFirst: index === 0, redact });
    });
  }

  return (extensions: Snapshot['extensions'], calls: readonly Call[]) => {
    update(extensions);
    if (!isSameList(calls, tail.calls)) tail = createTail(calls);
    const current = { parts, tail };
    const bodies = new Map<string, Body>();

    function sharedBody(header: string): Body {
      const body = bodies.get(header) ?? createBody(header, current);
      bodies.set(header, body);
      return body;
    }

    function partsWith(assigned: readonly AssignedExtension[]): readonly Part[] {
      const replacements = new Map(assigned.map(({ extension, replaced }) => [replaced, extension]));
      const readable = current.parts.map((part, index) =>
        part.extensions.some((extension) => replacements.has(extension))
          ? createPart(part.extensions, {
              isFirst: index === 0,
              redact: (extension) => replacements.get(extension) ?? redact(extension),
            })
          : part,
      );
      const further = assigned.flatMap(({ extension, replaced }) => (replaced === null ? extension : []));
      if (further.length === 0) return readable;
      return [
        ...readable,
        createPart(further, { isFirst: readable.length === 0, redact: (extension) => extension }),
      ];
    }

    /** Returns what sends a snapshot of the list to a client with these assigned extensions. */
    return (board: Omit<Snapshot, 'extensions' | 'calls'>, user: UserRows = {}) => {
      const header = `2["snapshot",${JSON.stringify(board).slice(0, -1)},"extensions":[`;
      const { extensions: assigned = [], calls: userCalls = calls } = user;
      const isShared = assigned.length === 0 && userCalls === calls;
      const userTail = () => (userCalls === calls ? current.tail : createTail(userCalls));
      const body = isShared
        ? sharedBody(header)
        : createBody(header, { parts: partsWith(assigned), tail: userTail() });
      return ({ conn, request }: ClientSocket): void => {
        // HTTP compresses long polling.
        if (conn.transport.name === 'polling') conn.write(body.text());
        else if (acceptsCompression(request)) conn.write('', preEncoded(body.compressed()));
        else conn.write(body.text(), preEncoded(body.plain()));
      };
    };
  };
}

function createPart(
  extensions: readonly Extension[],
  { isFirst, redact }: { isFirst: boolean; redact: Redact },
) {
  const toText = () =>
    (isFirst ? '' : ',') + extensions.map((extension) => JSON.stringify(redact(extension))).join(',');
  return { extensions, text: lazy(toText), compressed: lazy(() => compress(toText())) };
}

/** The end of a snapshot, after its extensions. */
function createTail(calls: readonly Call[]) {
  const text = lazy(() => `],"calls":${JSON.stringify(calls)}}]`);
  return { calls, text, compressed: lazy(() => compress(text()).subarray(0, -FLUSH_BYTES)) };
}

const isSameList = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** One snapshot as Socket.IO text and as WebSocket messages, encoded lazily. */
type Body = ReturnType<typeof createBody>;

function createBody(header: string, { parts, tail }: { parts: readonly Part[]; tail: Tail }) {
  const text = lazy(() => `${header}${parts.map((part) => part.text()).join('')}${tail.text()}`);
  return {
    text,
    plain: lazy(() => textMessage([Buffer.from(`4${text()}`)])),
    compressed: lazy(() => {
      const pieces = [compress(`4${header}`), ...parts.map((part) => part.compressed()), tail.compressed()];
      return textMessage(pieces, { isCompressed: true });
    }),
  };
}

const compress = (text: string): Buffer => deflateRawSync(text, PART_OPTIONS);

/** Engine.IO's options for a pre-encoded message. */
const preEncoded = (message: Buffer) => ({ compress: false, wsPreEncodedFrame: [message] });

function acceptsCompression({ headers }: ClientSocket['request']): boolean {
  const offered = headers['sec-websocket-extensions'] ?? '';
  return offered.includes('permessage-deflate') && !offered.includes('server_max_window_bits');
}

function lazy<T>(compute: () => T): () => T {
  let cached: { readonly value: T } | null = null;
  return () => (cached ??= { value: compute() }).value;
}
