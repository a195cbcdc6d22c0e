import type { Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** Listens on 127.0.0.1 until the test ends, at a free port unless given one; returns the port. */
export async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no TCP port.');
  return address.port;
}
