import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';

/** An action as it came over the wire, by lower-case header name. */
export type WireAction = Readonly<Record<string, string>>;

export interface ScriptedAsterisk {
  readonly port: number;
  readonly actions: readonly WireAction[];
  /** Writes to every connection there is. */
  say(text: string): void;
  dropAll(): void;
  close(): Promise<void>;
}

/**
 * A TCP server, with a certificate a TLS one, that says what a test wants said; `answer` gets each action and returns
 * what to write, or nothing.
 */
export async function startScriptedAsterisk({
  port = 0,
  certificate,
  greeting = 'Asterisk Call Manager/11.0.0\r\n',
  onConnect,
  answer,
}: {
  port?: number;
  certificate?: ServerCertificate;
  greeting?: string;
  onConnect?: (socket: Socket) => void;
  answer: (action: WireAction) => string | Buffer | undefined;
}): Promise<ScriptedAsterisk> {
  const sockets = new Set<Socket>();
  const actions: WireAction[] = [];
  const server = certificate === undefined ? createServer(take) : createTlsServer({ ...certificate }, take);
  function take(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write(greeting);
    onConnect?.(socket);
    let rest = '';
    socket.on('data', (bytes) => {
      const blocks = (rest + bytes.toString('utf8')).split('\r\n\r\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const action = parse(block);
        actions.push(action);
        const text = answer(action);
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
    say(text) {
      for (const socket of sockets) socket.write(text);
    },
    dropAll() {
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

function parse(block: string): WireAction {
  const headers = block.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  });
  return Object.fromEntries(headers);
}

export const BOOTED = 'Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n';

export function respond(action: WireAction, text = 'Message: ok', response = 'Success'): string {
  return `Response: ${response}\r\nActionID: ${action['actionid']}\r\n${text}\r\n\r\n`;
}

/** What a booted Asterisk answers to everything; `extra` comes first. */
export function willing(extra: (action: WireAction) => string | undefined = () => undefined) {
  return (action: WireAction): string => {
    const special = extra(action);
    if (special !== undefined) return special;
    return action['action'] === 'login'
      ? respond(action, 'Message: Authentication accepted') + BOOTED
      : respond(action);
  };
}
