import createManager from 'asterisk-manager';
import { actionFault } from './action.ts';
import { deferred } from './deferred.ts';
import { createDoor } from './door.ts';
import { fieldsOf, fieldsOfLines, lowerCaseNames } from './fields.ts';
import { type Answer, type Size, createPendingActions } from './pending.ts';
import { type AmiTls, connectSecurely } from './secure-socket.ts';
import { type Place, socketOptions } from './socket.ts';
import { subjectOf } from './subject.ts';
import { decodeLines } from './text.ts';
import { openTunnel } from './tunnel.ts';
import type { AmiAction, AmiEvent, AmiFields, AmiResult } from './types.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** Without it what is said, the secret too, goes over the network as it is. */
  readonly tls?: AmiTls;
}

export interface ConnectionOptions {
  readonly target: Target;
  /** Names of the events that are let in. */
  readonly wanted: readonly string[];
  /** Milliseconds without a byte, or a step on the way to it, until the login is answered. */
  readonly loginTimeoutMs: number;
  readonly onEvent: (event: AmiEvent) => void;
  /** An event that somebody may have typed: only whom it names. */
  readonly onDoubted: (subject: AmiEvent) => void;
}

export type LoginOutcome = 'accepted' | 'refused' | 'silent' | 'turned-away' | 'unreachable' | 'untrusted';

export interface RequestOptions {
  readonly isList: boolean;
  readonly timeoutMs: number;
}

/** One TCP connection with one login. It never comes back: the next try is a connection of its own. */
export interface Connection {
  readonly login: Promise<LoginOutcome>;
  /** Settles once, when the link is gone for good, with the system's word for it. */
  readonly closed: Promise<string>;
  /** Milliseconds by `performance.now()` at which the last byte came, or TCP was connected. */
  receivedAt(): number;
  bytesReceived(): number;
  /** Milliseconds from the login to its answer. */
  loginTripMs(): number;
  /** More came than any Asterisk has to say, and the link was given up for it. */
  isOverrun(): boolean;
  request(action: AmiAction, options: RequestOptions): Promise<AmiResult<Answer>>;
  close(): void;
}

export function openConnection({
  target,
  wanted,
  loginTimeoutMs,
  onEvent,
  onDoubted,
}: ConnectionOptions): Connection {
  const { host, port, username, secret, tls } = target;
  const abort = new AbortController();
  const manager = new createManager(null, host, username, secret);
  const pending = createPendingActions();
  const door = createDoor({ wanted, isPending: pending.has, isUnescaped: pending.isUnescaped });
  const login = deferred<LoginOutcome>();
  const closed = deferred<string>();
  const loginTimer = setTimeout(login.resolve, loginTimeoutMs, 'silent');
  let receivedAt = performance.now();
  let bytesReceived = 0;
  let loginTripMs = 0;
  let isOverrun = false;
  let phase: 'connecting' | 'connected' | 'logged-in' | 'closed' = 'connecting';
  /** The first word is the cause; what follows in the tunnel is its consequence. */
  let detail: string | undefined;

  manager.on('error', blame);
  manager.on('close', () => end(phase === 'connecting' ? 'unreachable' : 'turned-away'));
  manager.on('rawevent', (raw) => take(fieldsOf(raw), { bytes: 0, lines: 0 }));

  function blame(error: NodeJS.ErrnoException): void {
    detail ??= error.code ?? error.name;
  }

  function end(outcome: LoginOutcome): void {
    login.resolve(outcome);
    phase = 'closed';
    pending.rejectAll('The link to Asterisk was lost before it answered.');
    closed.resolve(detail ?? 'closed');
  }

  /**
   * Until the login is answered only its answer is let in; what follows in the same bytes is already checked. Events and
   * items of lists are read here: of thousands at once the library's parser would make most of the work.
   */
  function admit(block: Buffer): boolean {
    if (phase !== 'logged-in') {
      if (beginsWith(block, 'Response: Success')) phase = 'logged-in';
      return beginsWith(block, 'Response: ');
    }
    switch (door(block)) {
      case 'own':
      case 'believed':
        if (!beginsWith(block, 'Event: ')) return true;
        takeBlock(block);
        return false;
      case 'doubted':
        onDoubted(subjectOf(fieldsOfLines(decodeLines(block))));
        return false;
      case 'unwanted':
        return false;
    }
  }

  function takeBlock(block: Buffer): void {
    const lines = decodeLines(block);
    take(fieldsOfLines(lines), { bytes: block.length, lines: lines.length });
  }

  function take(fields: AmiFields, size: Size): void {
    const { actionid: actionId, event } = fields;
    if (actionId !== undefined && pending.has(actionId)) {
      if (!pending.take(actionId, fields, size)) overrun();
    } else if (event !== undefined) onEvent({ name: event, fields });
  }

  function request(action: AmiAction, { isList, timeoutMs }: RequestOptions): Promise<AmiResult<Answer>> {
    const fault = actionFault(action);
    if (fault !== null) return Promise.resolve(fault);
    if (phase !== 'logged-in') {
      return Promise.resolve({ ok: false, code: 'not-connected', message: 'There is no link to Asterisk.' });
    }
    const { actionId, answer } = pending.add({ action, isList, timeoutMs });
    manager.action({ ...lowerCaseNames(action), actionid: actionId });
    // The library would keep a listener for an answer that never comes; answers reach us by `rawevent`.
    manager.removeAllListeners(actionId);
    return answer;
  }

  function overrun(): void {
    isOverrun = true;
    abort.abort();
  }
  function onBytes(bytes: number): void {
    receivedAt = performance.now();
    bytesReceived += bytes;
    if (phase !== 'logged-in') loginTimer.refresh();
  }

  function connect(place: Place): void {
    const { signal } = abort;
    manager.connect(socketOptions({ place, signal, admit, onBytes, onOversize: overrun }), undefined, () => {
      phase = 'connected';
      onBytes(0);
      const sentAt = receivedAt;
      manager.login((error) => {
        loginTripMs = performance.now() - sentAt;
        login.resolve(error === undefined ? 'accepted' : 'refused');
      });
    });
  }

  /** The library is let near the socket only when the certificate was checked. */
  async function connectOverTls(tls: AmiTls): Promise<void> {
    try {
      const secure = await connectSecurely({ host, port, tls, signal: abort.signal, onFault: blame });
      if (!secure.ok) return end(secure.kind);
      loginTimer.refresh();
      const path = await openTunnel(secure.socket);
      // Node would connect a socket that was aborted before.
      if (abort.signal.aborted) end('unreachable');
      else connect({ path });
    } catch (error) {
      if (error instanceof Error) blame(error);
      end('unreachable');
    }
  }

  if (tls === undefined) connect({ host, port });
  else void connectOverTls(tls);
  void login.promise.then(() => clearTimeout(loginTimer));

  return {
    login: login.promise,
    closed: closed.promise,
    receivedAt: () => receivedAt,
    bytesReceived: () => bytesReceived,
    loginTripMs: () => loginTripMs,
    isOverrun: () => isOverrun,
    request,
    close: () => abort.abort(),
  };
}

function beginsWith(block: Buffer, text: string): boolean {
  return block.toString('latin1', 0, text.length) === text;
}
