import type { Socket } from 'node:net';

import type { PbxCore } from '../pbx/pbx-core.ts';
import { answer } from './answer.ts';
import { dispatch } from './dispatch.ts';
import type { AmiEvent } from './event.ts';
import { passes } from './filter.ts';
import { type AmiMessage, createFraming } from './framing.ts';
import { createOutlet } from './outlet.ts';
import type { Authenticate, Login, SessionControl } from './session-control.ts';

/** How long Asterisk lets a refused login wait before it closes, in ms. */
const REFUSAL_DELAY_MS = 1000;
/** Unread bytes after which Asterisk gives a session up. */
const UNREAD_LIMIT = 3_000_000;

const FAULTS = {
  'line too long': 'Failed to parse message: line too long',
  'too many lines': 'Too many lines in message or allocation failure',
} as const;

export interface AmiSession {
  authenticated(): boolean;
  event(event: AmiEvent): void;
  freeze(frozen: boolean): void;
  end(): void;
  /** Closes at once, what was not sent is lost. */
  destroy(): void;
}

interface SessionOptions {
  socket: Socket;
  pbx: PbxCore;
  authenticate: Authenticate;
}

/** One AMI connection: greets, reads actions, answers them, passes on the events its user may and wants to see. */
export function createSession({ socket, pbx, authenticate }: SessionOptions): AmiSession {
  const outlet = createOutlet({ socket, limit: UNREAD_LIMIT });
  let login: Login | undefined;
  let closing = false;
  let refusal: NodeJS.Timeout | undefined;

  function event({ class: kind, text }: AmiEvent): void {
    if (!login || closing || !login.read.has(kind) || !login.mask.has(kind)) return;
    if (passes(login.filters, text)) outlet.event(text);
  }

  function end(): void {
    closing = true;
    outlet.end();
  }

  const control: SessionControl = {
    pbx,
    authenticate,
    challenge: '',
    login: () => login,
    accept: (accepted) => void (login = accepted),
    refuse(bytes) {
      closing = true;
      refusal = setTimeout(() => {
        outlet.answer(bytes);
        end();
      }, REFUSAL_DELAY_MS);
    },
    send: outlet.answer,
    event,
    end,
  };

  function onMessage(message: AmiMessage): void {
    if (closing) return;
    if (message.fault) outlet.answer(answer(message, 'Error', [['Message', FAULTS[message.fault]]]));
    else dispatch(control, message);
  }

  const framing = createFraming({ onMessage });
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => framing.read(String(chunk)));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(refusal));
  outlet.answer('Asterisk Call Manager/11.0.0\r\n');

  return {
    authenticated: () => login !== undefined && !closing,
    event,
    freeze(frozen) {
      outlet.freeze(frozen);
      if (frozen) socket.pause();
      else socket.resume();
    },
    end,
    destroy: () => void socket.destroy(),
  };
}
