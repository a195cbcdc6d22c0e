import {
  COMMAND_TIMEOUT_MS,
  type SetPresence,
  type SetPresenceReply,
  setPresenceReply,
} from '@lampboard/protocol';
import type { Transport } from './transport.ts';

/** The gateway answers within {@link COMMAND_TIMEOUT_MS}; its answer needs a moment for the way. */
const ANSWER_MS = COMMAND_TIMEOUT_MS + 1000;

const NOT_LIVE: SetPresenceReply = {
  ok: false,
  code: 'link-down',
  message:
    'There is no link to Asterisk now. Nothing was sent; your text is kept. Save again once the board is live.',
};

const NO_ANSWER: SetPresenceReply = {
  ok: false,
  code: 'timeout',
  message:
    'No answer came, so it is not known whether Asterisk took it. Your text is kept: compare it with the board once that is live, and save again if need be.',
};

const NOT_UNDERSTOOD: SetPresenceReply = {
  ok: false,
  code: 'timeout',
  message:
    'The gateway’s answer was not understood, so it is not known whether Asterisk took it. Your text is kept; reload the page before you try again.',
};

/** Sends one command, once. Refused at once while the board is not live; never queued, never sent again. */
export async function sendPresence(
  { transport, live }: { transport: Transport; live: boolean },
  command: SetPresence,
): Promise<SetPresenceReply> {
  if (!live || !transport.connected()) return NOT_LIVE;
  const asked = transport.ask(command, ANSWER_MS);
  if (asked === null) return NOT_LIVE;
  let answer: unknown;
  try {
    answer = await asked;
  } catch {
    return NO_ANSWER;
  }
  const reply = setPresenceReply.safeParse(answer);
  return reply.success ? reply.data : NOT_UNDERSTOOD;
}
