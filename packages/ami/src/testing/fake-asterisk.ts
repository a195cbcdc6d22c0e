import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';

/** The headers of an action, by lower-case name. */
export type WireAction = Readonly<Record<string, string>>;

export interface FakeAsterisk {
  readonly port: number;
  readonly actions: readonly WireAction[];
  broadcast(text: string): void;
  disconnectAll(): void;
  close(): Promise<void>;
}

/** Starts a TCP server, with a certificate a TLS one; `handleAction` returns the bytes to write, if any. */
export async function startFakeAsterisk({
  port = 0,
  certificate,
  banner = 'Asterisk Call Manager/11.0.0\r\n',
  onConnect,
  handleAction,
}: {
  port?: number;
  certificate?: ServerCertificate;
  banner?: string;
  onConnect?: (socket: Socket) => void;
  handleAction: (action: WireAction) => string | Buffer | undefined;
}): Promise<FakeAsterisk> {
  const sockets = new Set<Socket>();
  const actions: WireAction[] = [];
  const server =
    certificate === undefined
      ? createServer(handleConnection)
      : createTlsServer({ ...certificate }, handleConnection);
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
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');

  return {
    port: address.port,
    actions,
    broadcast(text) {
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
  const headers = block.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  });
  return Object.fromEntries(headers);
}

export const FULLY_BOOTED = 'Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n';

export function respond(action: WireAction, text = 'Message: ok', response = 'Success'): string {
  return `Response: ${response}\r\nActionID: ${action['actionid']}\r\n${text}\r\n\r\n`;
}

/** Replies as a booted Asterisk to everything that `override` leaves. */
export function acceptingLogin(override: (action: WireAction) => string | undefined = () => undefined) {
  return (action: WireAction): string => {
    const overridden = override(action);
    if (overridden !== undefined) return overridden;
    return action['action'] === 'login'
      ? respond(action, 'Message: Authentication accepted') + FULLY_BOOTED
      : respond(action);
  };
}
