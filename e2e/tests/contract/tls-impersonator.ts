import { type TLSSocket, connect, createServer } from 'node:tls';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { freePort } from '../../testkit/processes/free-port.ts';

/** Stands between clients and the AMI over TLS on `port`. */
export async function startImpersonator(asterisk: { port: number; ca: string }) {
  const { ca, issueCertificate: certify } = createTestAuthority();
  const sockets = new Set<TLSSocket>();
  let received = '';
  const server = createServer(certify({ names: ['DNS:pbx.example', 'IP:127.0.0.1'] }), (client) => {
    const remote = connect({ host: '127.0.0.1', ...asterisk });
    for (const [here, there] of [[client, remote] as const, [remote, client] as const]) {
      sockets.add(here);
      here.on('error', () => there.destroy()).on('close', () => there.destroy());
      here.pipe(there);
    }
    client.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')));
  });
  // Expected.
  server.on('tlsClientError', () => {});
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    /** PEM text of its authority. */
    ca,
    received: () => received,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
