import { connect as connectTcp, isIP } from 'node:net';
import { type PeerCertificate, type TLSSocket, checkServerIdentity, connect } from 'node:tls';

/** How an Asterisk with `tlsenable=yes` proves who it is. There is no way to go on without that proof. */
export interface AmiTls {
  /** PEM text of the authorities believed; null: those that Node knows, and those of `NODE_EXTRA_CA_CERTS`. */
  readonly ca: string | null;
  /** The name or address that the certificate has to bear; null: the host that is connected to. */
  readonly serverName: string | null;
}

export type TlsSocketResult =
  | { readonly ok: true; readonly socket: TLSSocket }
  | { readonly ok: false; readonly kind: 'unreachable' | 'tls-error' };

/**
 * Connects, and resolves once the certificate was checked: nothing is written before. `onFault` gets the error that
 * ends the connection, now or later; its code is Node's for a certificate (`CERT_HAS_EXPIRED`,
 * `ERR_TLS_CERT_ALTNAME_INVALID`) and the system's for the rest. `signal` ends the connection at any time.
 */
export function connectTls({
  host,
  port,
  tls,
  signal,
  onError,
}: {
  host: string;
  port: number;
  tls: AmiTls;
  signal: AbortSignal;
  onError: (error: Error) => void;
}): Promise<TlsSocketResult> {
  const name = tls.serverName ?? host;
  const tcpSocket = connectTcp({ host, port, noDelay: true, keepAlive: true });
  const socket = connect({
    socket: tcpSocket,
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    // RFC 6066 has no addresses in the server name that is asked for; the certificate is checked for them all the same.
    servername: isIP(name) === 0 ? name : '',
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED can't switch it off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  socket.on('error', onError);
  const reset = () => {
    // A reset drops what is still on its way out: nothing arrives after it was given up.
    if (tcpSocket.connecting) socket.destroy();
    else tcpSocket.resetAndDestroy();
  };
  signal.addEventListener('abort', reset, { once: true });
  return new Promise((resolve) => {
    socket.once('secureConnect', () => resolve({ ok: true, socket }));
    socket.once('close', () => {
      // Node fills it in before it ends the handshake for its sake, and has null there otherwise.
      resolve({ ok: false, kind: socket.authorizationError ? 'tls-error' : 'unreachable' });
    });
  });
}
