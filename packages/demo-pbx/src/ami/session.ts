import type { Socket } from 'node:net';
import type { Pbx } from '../pbx/pbx.ts';
import type { Telephony } from '../telephony/telephony.ts';
import { errorResponse, type AmiEvent } from './blocks.ts';
import { dispatch } from './dispatch.ts';
import { passes } from './event-filter.ts';
import { createMessageParser } from './message-parser.ts';
import { createOutputBuffer } from './output-buffer.ts';
import type { Authenticate, Login } from './authenticate.ts';
import type { SessionControl } from './action.ts';

/** Asterisk delays the response to a failed login. */
const LOGIN_REJECTION_DELAY_MS = 1000;

const PARSE_ERROR_MESSAGES = {
  'line too long': 'Failed to parse message: line too long',
  'too many lines': 'Too many lines in message or allocation failure',
} as const;

export type AmiSession = ReturnType<typeof createSession>;

interface SessionOptions {
  socket: Socket;
  pbx: Pbx;
  telephony: Telephony;
  authenticate: Authenticate;
}

/** One AMI connection: banner, actions, and the events that user, mask and filters allow. */
export function createSession({ socket, pbx, telephony, authenticate }: SessionOptions) {
  const output = createOutputBuffer(socket);
  let login: Login | undefined;
  let closing = false;
  let rejectionTimer: NodeJS.Timeout | undefined;

  function event({ class: kind, text }: AmiEvent): void {
    if (!login || closing || !login.read.has(kind) || !login.mask.has(kind)) return;
    if (passes(login.filters, text)) output.event(text);
  }

  function end(): void {
    closing = true;
    output.end();
  }

  const control: SessionControl = {
    pbx,
    telephony,
    authenticate,
    challenge: '',
    login: () => login,
    accept: (accepted) => void (login = accepted),
    rejectLogin(bytes) {
      closing = true;
      rejectionTimer = setTimeout(() => {
        output.response(bytes);
        end();
      }, LOGIN_REJECTION_DELAY_MS);
    },
    send: output.response,
    event,
    end,
  };

  const parser = createMessageParser((message) => {
    if (closing) return;
    if (message.error) output.response(errorResponse(message, PARSE_ERROR_MESSAGES[message.error]));
    else dispatch(control, message);
  });
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => parser.push(String(chunk)));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(rejectionTimer));
  output.response('Asterisk Call Manager/11.0.0\r\n');

  return {
    authenticated: () => login !== undefined && !closing,
    event,
    setPaused(paused: boolean) {
      output.setPaused(paused);
      if (paused) socket.pause();
      else socket.resume();
    },
    end,
    /** Closes, and drops unsent output. */
    destroy: () => void socket.destroy(),
  };
}
