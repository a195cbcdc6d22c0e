import {
  COMMAND_TIMEOUT_MS,
  type SetPresence,
  type SetPresenceReply,
  setPresenceReply,
} from '@lampboard/protocol';
import type { Transport } from './transport.ts';

/** The gateway replies within {@link COMMAND_TIMEOUT_MS}; the network takes longer. */
const REPLY_TIMEOUT_MS = COMMAND_TIMEOUT_MS + 1000;

const NOT_LIVE: SetPresenceReply = {
  ok: false,
  code: 'link-down',
  message:
    'There is no connection to Asterisk. Nothing was sent; your text is kept. Save again once the board is live.',
};
const timedOut = (message: string): SetPresenceReply => ({ ok: false, code: 'timeout', message });
const NO_REPLY = timedOut(
  'There was no reply, so it is not known whether Asterisk has the change. Your text is kept: compare it with the board once that is live, and save again if needed.',
);
const INVALID_REPLY = timedOut(
  'The gateway sent an invalid reply, so it is not known whether Asterisk has the change. Your text is kept; reload the page before you try again.',
);

/** Sends a command once. Fails immediately while the board is not live; never queued or repeated. */
export async function sendPresence(
  { transport, live }: { transport: Transport; live: boolean },
  command: SetPresence,
): Promise<SetPresenceReply> {
  if (!live || !transport.connected()) return NOT_LIVE;
  const pendingReply = transport.request(command, REPLY_TIMEOUT_MS);
  if (pendingReply === null) return NOT_LIVE;
  let payload: unknown;
  try {
    payload = await pendingReply;
  } catch {
    return NO_REPLY;
  }
  const reply = setPresenceReply.safeParse(payload);
  return reply.success ? reply.data : INVALID_REPLY;
}
