import { constants, deflateRawSync } from 'node:zlib';
import type { ExtensionRow, Snapshot } from '@lampboard/protocol';
import type { ConsoleSocket } from './audience.ts';
import { textMessage } from './text-message.ts';

/** Rows are packed so many together: of fewer the packing is worse, of more there is more to pack again. */
const PART_ROWS = 512;
/** Parts that are packed like this can be joined: none refers to what stands before it. */
const APART = { finishFlush: constants.Z_FULL_FLUSH };
/** The end of a flush, which a message leaves out (RFC 7692, 7.2.1). */
const FLUSH_BYTES = 4;

/** The row itself where there is nothing to hide. */
type View = (row: ExtensionRow) => ExtensionRow;

interface Part {
  readonly rows: readonly ExtensionRow[];
  readonly text: () => string;
  readonly packed: () => Buffer;
}

/**
 * Whole boards for consoles that may read the same, packed once for all of them; of the next board only the parts are
 * packed that changed. A console that can't unpack is sent the board plain.
 */
export function createWholeBoards({
  view = (row) => row,
  inFull = () => [],
}: {
  view?: View;
  /** The extensions that a console is shown as they are, all others as the view shows them. */
  inFull?: (socket: ConsoleSocket) => readonly string[];
} = {}): (snapshot: Snapshot) => (socket: ConsoleSocket) => void {
  let parts: readonly Part[] = [];

  function update(rows: Snapshot['rows']): void {
    parts = Array.from({ length: Math.ceil(rows.length / PART_ROWS) }, (_, index) => {
      const its = rows.slice(index * PART_ROWS, (index + 1) * PART_ROWS);
      const before = parts[index];
      const isSame =
        before?.rows.length === its.length && its.every((row, place) => row === before.rows[place]);
      return isSame ? before : createPart(its, { isFirst: index === 0, view });
    });
  }

  return ({ rows, ...board }) => {
    update(rows);
    const current = parts;
    const head = `2["snapshot",${JSON.stringify(board).slice(0, -1)},"rows":[`;
    const forAll = createBody(head, current);

    function bodyFor(socket: ConsoleSocket): Body {
      const ids = inFull(socket);
      const isMore = (row: ExtensionRow) => ids.includes(row.id) && view(row) !== row;
      if (ids.length === 0 || !rows.some(isMore)) return forAll;
      const its = current.map((part, index) =>
        part.rows.some(isMore)
          ? createPart(part.rows, { isFirst: index === 0, view: (row) => (isMore(row) ? row : view(row)) })
          : part,
      );
      return createBody(head, its);
    }

    return (socket) => {
      const { text, plain, packed } = bodyFor(socket);
      // Long polling is packed as HTTP is.
      if (socket.conn.transport.name === 'polling') socket.conn.write(text());
      else if (canUnpack(socket)) socket.conn.write('', encoded(packed()));
      else socket.conn.write(text(), encoded(plain()));
    };
  };
}

function createPart(
  rows: readonly ExtensionRow[],
  { isFirst, view }: { isFirst: boolean; view: View },
): Part {
  const write = () => (isFirst ? '' : ',') + rows.map((row) => JSON.stringify(view(row))).join(',');
  return { rows, text: once(write), packed: once(() => pack(write())) };
}

/** The same board as Socket.IO's text and as WebSocket messages, each made when it is first needed. */
interface Body {
  readonly text: () => string;
  readonly plain: () => Buffer;
  readonly packed: () => Buffer;
}

function createBody(head: string, parts: readonly Part[]): Body {
  const end = ']}]';
  const text = once(() => `${head}${parts.map((part) => part.text()).join('')}${end}`);
  return {
    text,
    plain: once(() => textMessage([Buffer.from(`4${text()}`)])),
    packed: once(() => {
      const last = pack(end);
      const pieces = [
        pack(`4${head}`),
        ...parts.map((part) => part.packed()),
        last.subarray(0, -FLUSH_BYTES),
      ];
      return textMessage(pieces, { isPacked: true });
    }),
  };
}

const pack = (text: string): Buffer => deflateRawSync(text, APART);

/** How Engine.IO takes a message that is already what it is on the wire. */
const encoded = (message: Buffer) => ({ compress: false, wsPreEncodedFrame: [message] });

/** It has offered to unpack; the gateway accepts every offer, also of a smaller window. */
function canUnpack({ request }: ConsoleSocket): boolean {
  const offered = request.headers['sec-websocket-extensions'] ?? '';
  return offered.includes('permessage-deflate') && !offered.includes('server_max_window_bits');
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
