import { once } from 'node:events';
import { createServer } from 'node:net';
import type { HttpConfig } from '../config/serving.ts';
import { hostAndPort } from '../platform/network.ts';
import { errorCode } from '../platform/text-file.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { Listener } from './http-probe.ts';

/** Checks what answers at the address that Lampboard listens on; where nothing does, whether it could be used. */
export async function checkPort(http: HttpConfig, listener: Listener): Promise<Finding> {
  const address = hostAndPort(http.host, http.port);
  switch (listener.kind) {
    case 'lampboard': {
      const running = `Lampboard ${listener.version} runs at ${address}`;
      return listener.isLive
        ? ok('port', `${running}, and its board is live`)
        : warning('port', `${running}, and its board is not live`, 'see the checks of Asterisk below');
    }
    case 'other':
      return problem(
        'port',
        `port ${http.port} is taken by another program, at ${address}`,
        'stop it, or choose another LAMPBOARD_PORT',
      );
    case 'none': {
      const code = await listenError(http);
      if (code === null) return ok('port', `${address} is free; Lampboard does not run`);
      return problem(
        'port',
        `${address} can't be used (${code})`,
        LISTEN_REMEDIES[code] ?? 'choose another one',
      );
    }
  }
}

const LISTEN_REMEDIES: Readonly<Record<string, string>> = {
  EACCES:
    'choose a LAMPBOARD_PORT above 1023, or give the service `AmbientCapabilities=CAP_NET_BIND_SERVICE`',
  EADDRINUSE: 'choose another LAMPBOARD_PORT',
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
