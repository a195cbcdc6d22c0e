import { once } from 'node:events';
import { type SipMessage, openSipDialog, percentEncoded, presenceHeaders } from './sip-message.ts';

interface UnauthenticatedCall {
  sipPort: number;
  extension: string;
  /** Any bytes. */
  callerId: string;
  /** Called right before the INVITE is sent. */
  onInvite?: () => void;
}

/** Calls an extension without an account, under any caller ID. */
export async function callUnauthenticated(call: UnauthenticatedCall): Promise<void> {
  await sendUnauthenticated('INVITE', call);
}

/** Subscribes to the presence of any extension for a minute. */
export async function subscribeUnauthenticated(call: { sipPort: number; extension: string }): Promise<void> {
  await sendUnauthenticated('SUBSCRIBE', { ...call, callerId: 'stranger' }, presenceHeaders(60));
}

/** Sends a request without an account (RFC 3261); resolves at the first response. */
async function sendUnauthenticated(
  method: 'INVITE' | 'SUBSCRIBE',
  { sipPort, extension, callerId, onInvite = () => {} }: UnauthenticatedCall,
  headers: SipMessage['headers'] = [],
): Promise<void> {
  const dialog = await openSipDialog(
    sipPort,
    percentEncoded(extension),
    percentEncoded(callerId),
    'stranger',
  );
  const { socket, send, request } = dialog;
  onInvite();
  send(request(method, headers).bytes);
  await once(socket, 'message', { signal: AbortSignal.timeout(10_000) });
  socket.close();
}
