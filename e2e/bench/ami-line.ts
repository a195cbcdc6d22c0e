import { once } from 'node:events';
import { connect } from 'node:net';
import type { AmiLogin } from './thread.ts';

/** A line to Asterisk as bare as can be, for what is measured by it. */
export interface AmiLine {
  /** Actions, written as they are. */
  write(actions: string): void;
  close(): void;
}

/** Logs in; `onBytes` gets whatever comes after the answer. */
export async function openAmiLine({
  port,
  user: { username, secret },
  hears,
  onBytes,
}: {
  port: number;
  user: AmiLogin;
  /** Whether it wants to be told of events. */
  hears: boolean;
  onBytes: (bytes: Buffer) => void;
}): Promise<AmiLine> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(
    `Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\nEvents: ${hears ? 'on' : 'off'}\r\n\r\n`,
  );
  let answer = '';
  while (!answer.includes('\r\n\r\n')) answer += String((await once(socket, 'data'))[0]);
  if (!answer.includes('Response: Success')) throw new Error(`AMI: ${answer}`);
  socket.on('data', onBytes);
  return { write: (actions) => void socket.write(actions), close: () => void socket.destroy() };
}
