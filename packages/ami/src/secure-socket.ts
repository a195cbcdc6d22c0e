import { connect as connectTcp, isIP } from 'node:net';
import { type PeerCertificate, type TLSSocket, checkServerIdentity, connect } from 'node:tls';

/** How an Asterisk with `tlsenable=yes` proves who it is. There is no way to go on without that proof. */
export interface AmiTls {
  /** PEM text of the authorities believed; null: those that Node knows, and those of `NODE_EXTRA_CA_CERTS`. */
  readonly ca: string | null;
  /** The name or address that the certificate has to bear; null: the host that is connected to. */
  readonly serverName: string | null;
}

export type SecureSocketResult =
  | { readonly ok: true; readonly socket: TLSSocket }
  | { readonly ok: false; readonly kind: 'unreachable' | 'untrusted' };

/**
 * Connects, and resolves once the certificate was checked: nothing is written before. `onFault` gets the error that
 * ends the connection, now or later; its code is Node's for a certificate (`CERT_HAS_EXPIRED`,
 * `ERR_TLS_CERT_ALTNAME_INVALID`) and the system's for the rest. `signal` ends the connection at any time.
 */
export function connectSecurely({
  host,
  port,
  tls,
  signal,
  onFault,
}: {
  host: string;
  port: number;
  tls: AmiTls;
  signal: AbortSignal;
  onFault: (error: Error) => void;
}): Promise<SecureSocketResult> {
  const name = tls.serverName ?? host;
  const wire = connectTcp({ host, port, noDelay: true, keepAlive: true });
  const socket = connect({
    socket: wire,
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    // RFC 6066 has no addresses in the server name that is asked for; the certificate is checked for them all the same.
    servername: isIP(name) === 0 ? name : '',
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED can't switch it off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  socket.on('error', onFault);
  const giveUp = () => {
    // A reset drops what is still on its way out: nothing arrives after it was given up.
    if (wire.connecting) socket.destroy();
    else wire.resetAndDestroy();
  };
  signal.addEventListener('abort', giveUp, { once: true });
  return new Promise((resolve) => {
    socket.once('secureConnect', () => resolve({ ok: true, socket }));
    socket.once('close', () => {
      // Node fills it in before it ends the handshake for its sake, and has null there otherwise.
      resolve({ ok: false, kind: socket.authorizationError ? 'untrusted' : 'unreachable' });
    });
  });
}
