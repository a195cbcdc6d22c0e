import { connect as connectTcp, isIP } from 'node:net';
import { type PeerCertificate, type TLSSocket, checkServerIdentity, connect } from 'node:tls';

/** Certificate verification for an Asterisk with `tlsenable=yes`; it cannot be turned off. */
export interface AmiTls {
  /** PEM text of the trusted authorities; null: Node's, and those of `NODE_EXTRA_CA_CERTS`. */
  readonly ca: string | null;
  /** The name or address that the certificate must contain; null: the host. */
  readonly serverName: string | null;
}

/**
 * Connects, and resolves once the certificate is verified; nothing is written before. `onError` gets any error of the
 * connection, with Node's code for a certificate (`CERT_HAS_EXPIRED`), else the system's. `signal` resets the connection.
 */
export function connectTls(
  host: string,
  port: number,
  { ca, serverName }: AmiTls,
  signal: AbortSignal,
  onError: (error: Error) => void,
): Promise<TLSSocket | 'unreachable' | 'rejected' | 'tls-error'> {
  const name = serverName ?? host;
  const tcpSocket = connectTcp({ host, port, noDelay: true, keepAlive: true });
  const socket = connect({
    socket: tcpSocket,
    ...(ca !== null && { ca }),
    // RFC 6066 allows no address here; the certificate is checked against it all the same.
    servername: isIP(name) === 0 ? name : '',
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
    // Overrides NODE_TLS_REJECT_UNAUTHORIZED.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  socket.on('error', onError);
  let failure: 'unreachable' | 'rejected' = 'unreachable';
  tcpSocket.once('connect', () => (failure = 'rejected'));
  const reset = () => {
    // A reset drops buffered output: nothing arrives after the abort.
    if (tcpSocket.connecting) socket.destroy();
    else tcpSocket.resetAndDestroy();
  };
  signal.addEventListener('abort', reset, { once: true });
  return new Promise((resolve) => {
    socket.once('secureConnect', () => resolve(socket));
    socket.once('close', () => {
      // Node sets it, despite its type, only for a rejected certificate.
      resolve(socket.authorizationError ? 'tls-error' : failure);
    });
  });
}
