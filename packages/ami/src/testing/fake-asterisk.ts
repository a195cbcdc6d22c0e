import { once } from 'node:events';
import { type Server, type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';

/** The headers of an action, by lower-case name. */
export type WireAction = Readonly<Record<string, string>>;

/** Starts a TCP server, with a certificate a TLS one; `handleAction` returns the bytes to write, if any. */
export async function startFakeAsterisk({
  port = 0,
  certificate,
  banner = 'Asterisk Call Manager/11.0.0\r\n',
  onConnect,
  handleAction = acceptingLogin(),
}: {
  port?: number;
  certificate?: ServerCertificate;
  banner?: string;
  onConnect?: (socket: Socket) => void;
  /** Replies as {@link acceptingLogin} by default. */
  handleAction?: (action: WireAction) => string | Buffer | undefined;
} = {}) {
  const sockets = new Set<Socket>();
  const actions: WireAction[] = [];
  const server = certificate
    ? createTlsServer({ ...certificate }, handleConnection)
    : createServer(handleConnection);
  function handleConnection(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write(banner);
    onConnect?.(socket);
    let rest = '';
    socket.on('data', (bytes) => {
      const blocks = (rest + bytes.toString('utf8')).split('\r\n\r\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const action = parseAction(block);
        actions.push(action);
        const text = handleAction(action);
        if (text !== undefined) socket.write(text);
      }
    });
  }
  return {
    port: await listen(server, port),
    actions,
    broadcast(text: string | Buffer) {
      for (const socket of sockets) socket.write(text);
    },
    disconnectAll() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function parseAction(block: string): WireAction {
  return Object.fromEntries(
    block.split('\r\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
    }),
  );
}

/** Listens on this machine only; resolves to the port. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  return address.port;
}

export const FULLY_BOOTED = 'Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n';

export function respond(action: WireAction, text = 'Message: ok', response = 'Success'): string {
  return `Response: ${response}\r\nActionID: ${action['actionid']}\r\n${text}\r\n\r\n`;
}

/** Replies as a booted Asterisk, but for the actions in `replies`. */
export function acceptingLogin(replies: Record<string, (action: WireAction) => string | Buffer> = {}) {
  return (action: WireAction): string | Buffer =>
    replies[action['action'] ?? '']?.(action) ??
    respond(action) + (action['action'] === 'login' ? FULLY_BOOTED : '');
}

export const failLogin = (action: WireAction) => respond(action, 'Message: Authentication failed', 'Error');
