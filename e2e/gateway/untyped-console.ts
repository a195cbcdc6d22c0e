import { type Socket, io } from 'socket.io-client';

/** A connected console that sends events as they come. */
export function untypedConsole(gateway: { url: string }, cookie: string): Socket {
  return io(gateway.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
}

/** `ok`, the code of a refusal, or what is wrong with the reply. */
export function codeOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return 'no reply';
  if (reply.ok === true) return 'ok';
  return 'code' in reply && 'message' in reply && typeof reply.message === 'string'
    ? String(reply.code)
    : 'no code';
}
