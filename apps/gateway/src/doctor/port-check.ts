import { once } from 'node:events';
import { createServer } from 'node:net';
import type { HttpConfig } from '../config/serving.ts';
import { hostAndPort } from '../platform/network.ts';
import { errorCode } from '../platform/text-file.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { RunningLampboard } from './http-probe.ts';

/** Checks the address to listen on: whether Lampboard runs there, and else whether it could. */
export async function checkPort(http: HttpConfig, running: RunningLampboard | null): Promise<Finding> {
  const address = hostAndPort(http.host, http.port);
  if (running !== null) {
    const text = `Lampboard ${running.version} runs at ${address}`;
    return running.isLive
      ? ok('port', `${text}, and its board is live`)
      : warning('port', `${text}, and its board is not live`, 'see the checks of Asterisk');
  }
  const code = await listenError(http);
  if (code === null) return ok('port', `${address} is free; Lampboard does not run`);
  if (code === 'EADDRINUSE')
    return problem(
      'port',
      `${address} is taken by another program, or by a Lampboard that does not answer`,
      'stop it, or choose another LAMPBOARD_PORT',
    );
  return problem('port', `${address} can't be used (${code})`, LISTEN_REMEDIES[code] ?? 'choose another one');
}

const LISTEN_REMEDIES: Readonly<Record<string, string>> = {
  EACCES:
    'choose a LAMPBOARD_PORT above 1023, or give the service `AmbientCapabilities=CAP_NET_BIND_SERVICE`',
  EADDRNOTAVAIL: 'set LAMPBOARD_HOST to an address of this machine',
  ENOTFOUND: 'set LAMPBOARD_HOST to an address of this machine',
};

/** Listens for a moment; resolves to the system's error code, null if that works. */
async function listenError({ host, port }: Pick<HttpConfig, 'host' | 'port'>): Promise<string | null> {
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    return null;
  } catch (error) {
    return errorCode(error);
  } finally {
    server.close();
  }
}
