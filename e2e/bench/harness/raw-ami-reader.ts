import { once } from 'node:events';
import { connect } from 'node:net';
import type { AmiLogin } from './worker.ts';

/** A line to Asterisk as bare as can be, for what is measured by it. */
export interface RawAmiReader {
  /** Actions, written as they are. */
  write(actions: string): void;
  close(): void;
}

/** Logs in; `onBytes` gets whatever comes after the answer. */
export async function openRawAmiReader({
  port,
  user: { username, secret },
  receivesEvents,
  onBytes,
}: {
  port: number;
  user: AmiLogin;
  /** Whether it wants to be told of events. */
  receivesEvents: boolean;
  onBytes: (bytes: Buffer) => void;
}): Promise<RawAmiReader> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(
    `Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\nEvents: ${receivesEvents ? 'on' : 'off'}\r\n\r\n`,
  );
  let response = '';
  while (!response.includes('\r\n\r\n')) response += String((await once(socket, 'data'))[0]);
  if (!response.includes('Response: Success')) throw new Error(`AMI: ${response}`);
  socket.on('data', onBytes);
  return { write: (actions) => void socket.write(actions), close: () => void socket.destroy() };
}
