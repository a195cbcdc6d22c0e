import { constants, deflateRawSync } from 'node:zlib';
import type { Extension, Snapshot } from '@lampboard/protocol';
import type { ClientSocket } from './io-server.ts';
import { textMessage } from './broadcast.ts';

/** Extensions per part: fewer compress worse, more mean more to recompress after a change. */
const PART_SIZE = 512;
/** Parts compressed like this can be concatenated. */
const PART_OPTIONS = { finishFlush: constants.Z_FULL_FLUSH };
/** The end of a flush, which messages omit (RFC 7692, 7.2.1). */
const FLUSH_BYTES = 4;

/** Returns the same object if there is nothing to redact. */
type Redact = (extension: Extension) => Extension;

type Part = ReturnType<typeof createPart>;

/** Encodes and compresses snapshots once for clients with the same rights; of the next snapshot only changed parts. */
export function createSnapshotEncoder({
  redact = (extension) => extension,
  unredactedIds = () => [],
}: {
  redact?: Redact;
  /** Extensions that a client may read unredacted. */
  unredactedIds?: (socket: ClientSocket) => readonly string[];
} = {}): (snapshot: Snapshot) => (socket: ClientSocket) => void {
  let parts: readonly Part[] = [];

  function update(extensions: Snapshot['extensions']): void {
    parts = Array.from({ length: Math.ceil(extensions.length / PART_SIZE) }, (_, index) => {
      const partExtensions = extensions.slice(index * PART_SIZE, (index + 1) * PART_SIZE);
      const previous = parts[index];
      const isSame =
        previous?.extensions.length === partExtensions.length &&
        partExtensions.every((extension, offset) => extension === previous.extensions[offset]);
      return isSame ? previous : createPart(partExtensions, { isFirst: index === 0, redact });
    });
  }

  return ({ extensions, ...board }) => {
    update(extensions);
    const current = parts;
    const header = `2["snapshot",${JSON.stringify(board).slice(0, -1)},"extensions":[`;
    const sharedBody = createBody(header, current);

    function bodyFor(socket: ClientSocket): Body {
      const ids = unredactedIds(socket);
      const isUnredacted = (extension: Extension) =>
        ids.includes(extension.id) && redact(extension) !== extension;
      if (ids.length === 0 || !extensions.some(isUnredacted)) return sharedBody;
      const bodyParts = current.map((part, index) =>
        part.extensions.some(isUnredacted)
          ? createPart(part.extensions, {
              isFirst: index === 0,
              redact: (extension) => (isUnredacted(extension) ? extension : redact(extension)),
            })
          : part,
      );
      return createBody(header, bodyParts);
    }

    return (socket) => {
      const { text, plain, compressed } = bodyFor(socket);
      // HTTP compresses long polling.
      if (socket.conn.transport.name === 'polling') socket.conn.write(text());
      else if (acceptsCompression(socket)) socket.conn.write('', preEncoded(compressed()));
      else socket.conn.write(text(), preEncoded(plain()));
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

/** One snapshot as Socket.IO text and as WebSocket messages, encoded lazily. */
type Body = ReturnType<typeof createBody>;

function createBody(header: string, parts: readonly Part[]) {
  const end = ']}]';
  const text = lazy(() => `${header}${parts.map((part) => part.text()).join('')}${end}`);
  return {
    text,
    plain: lazy(() => textMessage([Buffer.from(`4${text()}`)])),
    compressed: lazy(() => {
      const last = compress(end);
      const pieces = [
        compress(`4${header}`),
        ...parts.map((part) => part.compressed()),
        last.subarray(0, -FLUSH_BYTES),
      ];
      return textMessage(pieces, { isCompressed: true });
    }),
  };
}

const compress = (text: string): Buffer => deflateRawSync(text, PART_OPTIONS);

/** Engine.IO's options for a pre-encoded message. */
const preEncoded = (message: Buffer) => ({ compress: false, wsPreEncodedFrame: [message] });

function acceptsCompression({ request }: ClientSocket): boolean {
  const offered = request.headers['sec-websocket-extensions'] ?? '';
  return offered.includes('permessage-deflate') && !offered.includes('server_max_window_bits');
}

function lazy<T>(compute: () => T): () => T {
  let cached: { readonly value: T } | null = null;
  return () => (cached ??= { value: compute() }).value;
}
