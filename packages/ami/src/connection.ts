import type { Socket } from 'node:net';
import createManager from 'asterisk-manager';
import { validateAction, normalizeFields, parseHeaders, lowerCaseHeaderNames } from './message.ts';
import { deferred } from './deferred.ts';
import { createTrustFilter, createUntrustedReader, pendingIdOf, toUntrustedEvent } from './trust-filter.ts';
import { type ActionReply, type Size, createPendingActions } from './pending-actions.ts';
import { type AmiTls, connectTls } from './transport/tls-socket.ts';
import { type SocketAddress, socketOptions } from './transport/socket-options.ts';
import { createLineDecoder } from './transport/text.ts';
import { openTlsRelay } from './transport/tls-relay.ts';
import type { AmiAction, AmiEvent, AmiFailure, AmiFields, AmiProfile, AmiResult } from './types.ts';

export interface AmiEndpoint {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** Without it everything, the secret too, is sent unencrypted. */
  readonly tls?: AmiTls;
}

export interface ConnectionOptions {
  readonly endpoint: AmiEndpoint;
  readonly profile: AmiProfile;
  /** Milliseconds without a byte or a connection step, until the login is answered. */
  readonly loginTimeoutMs: number;
  readonly onEvent: (event: AmiEvent) => void;
  /** A possibly forged event, reduced to its name and identifying headers. */
  readonly onUntrustedEvent: (event: AmiEvent) => void;
  /** Something arrived on a connection that trusts replies alone; once for all that arrive together. */
  readonly onSignal?: () => void;
}

/** Sent back to Asterisk by clients that trust replies alone. */
const REPLY_IDENTIFIERS = ['Channel'];

type LoginOutcome = 'accepted' | 'login-refused' | 'unresponsive' | 'rejected' | 'unreachable' | 'tls-error';

export const NOT_CONNECTED: AmiFailure = {
  ok: false,
  code: 'not-connected',
  message: 'There is no link to Asterisk.',
};

export type Connection = ReturnType<typeof openConnection>;

/** One TCP connection with one login; it does not reconnect. */
export function openConnection(options: ConnectionOptions) {
  const { endpoint, profile, loginTimeoutMs, onEvent, onUntrustedEvent } = options;
  const { host, port, username, secret, tls } = endpoint;
  const abort = new AbortController();
  const manager = new createManager(null, host, username, secret);
  const { subscriptions, identifierHeaders } =
    profile.trusts === 'events' ? profile : { subscriptions: [], identifierHeaders: REPLY_IDENTIFIERS };
  const signals = profile.trusts === 'events' ? [] : profile.signals;
  const pending = createPendingActions(profile);
  const decodeLines = createLineDecoder(identifierHeaders);
  const { has: isPending, echoesUserText, listsUserText } = pending;
  const trustFilter = createTrustFilter({ subscriptions, isPending, echoesUserText, listsUserText });
  const readUntrusted = createUntrustedReader(signals, decodeLines);
  const login = deferred<LoginOutcome>();
  const closed = deferred<string>();
  const loginTimer = setTimeout(login.resolve, loginTimeoutMs, 'unresponsive');
  let lastReceivedAt = performance.now();
  let bytesReceived = 0;
  let loginRoundTripMs = 0;
  let isOverrun = false;
  let socket: Socket | undefined;
  let isSignalled = false;
  let phase: 'connecting' | 'connected' | 'logged-in' | 'closed' = 'connecting';
  /** The first error is the cause; later ones follow from it in the relay. */
  let errorCode: string | undefined;

  manager.on('error', recordError);
  manager.on('close', () => end(phase === 'connecting' ? 'unreachable' : 'rejected'));
  manager.on('rawevent', (raw) => handleMessage(normalizeFields(raw), { bytes: 0, lines: 0 }));

  function recordError(error: NodeJS.ErrnoException): void {
    errorCode ??= error.code ?? error.name;
  }

  function end(outcome: LoginOutcome): void {
    login.resolve(outcome);
    phase = 'closed';
    pending.rejectAll('The link to Asterisk was lost before it answered.');
    closed.resolve(errorCode ?? 'closed');
  }

  /**
   * Returns whether the library gets the block. Before the login only responses are accepted. Events and list items are
   * parsed here, since the library's parser is too slow for thousands.
   */
  function acceptBlock(block: Buffer): boolean {
    if (phase !== 'logged-in') {
      if (startsWith(block, 'Response: Success')) phase = 'logged-in';
      return startsWith(block, 'Response: ');
    }
    if (profile.trusts === 'replies') {
      acceptReply(block);
      return false;
    }
    switch (trustFilter(block)) {
      case 'reply':
      case 'trusted': {
        if (!startsWith(block, 'Event: ')) return true;
        const lines = decodeLines(block);
        handleMessage(parseHeaders(lines), { bytes: block.length, lines: lines.length });
        return false;
      }
      case 'untrusted':
        onUntrustedEvent(toUntrustedEvent(parseHeaders(decodeLines(block)), subscriptions));
        return false;
      case 'ignored':
        return false;
    }
  }

  /** Between the items of a list Asterisk sends nothing: what arrives there is text of an item. */
  function acceptReply(block: Buffer): void {
    const actionId = pendingIdOf(block, isPending);
    if (actionId === undefined) {
      if (pending.isListArriving()) return;
      const event = readUntrusted(block);
      if (event !== undefined) onUntrustedEvent(event);
      if (!isSignalled) signal();
      return;
    }
    const lines = decodeLines(block);
    const size = { bytes: block.length, lines: lines.length };
    if (!pending.receiveBlock(actionId, lines, size)) overrun();
  }

  function signal(): void {
    isSignalled = true;
    setImmediate(() => {
      isSignalled = false;
      options.onSignal?.();
    });
  }

  function handleMessage(fields: AmiFields, size: Size): void {
    const { actionid: actionId, event } = fields;
    if (actionId !== undefined && pending.has(actionId)) {
      if (!pending.receive(actionId, fields, size)) overrun();
    } else if (event !== undefined) onEvent({ name: event, fields });
  }

  async function request(
    action: AmiAction,
    timeoutMs: number,
    isList = false,
  ): Promise<AmiResult<ActionReply>> {
    const failure = validateAction(action);
    if (failure !== null) return failure;
    if (phase !== 'logged-in') return NOT_CONNECTED;
    const { actionId, reply } = pending.add(action, timeoutMs, isList);
    collectWrites();
    manager.action({ ...lowerCaseHeaderNames(action), actionid: actionId });
    // Replies arrive by `rawevent`; the library's listener would leak.
    manager.removeAllListeners(actionId);
    return reply;
  }

  /** Sends all actions of one turn of the event loop together: each write by itself would cost a system call. */
  function collectWrites(): void {
    if (socket === undefined || socket.writableCorked > 0) return;
    socket.cork();
    process.nextTick(() => socket?.uncork());
  }

  function overrun(): void {
    isOverrun = true;
    abort.abort();
  }

  function onBytes(bytes: number): void {
    lastReceivedAt = performance.now();
    bytesReceived += bytes;
    if (phase !== 'logged-in') loginTimer.refresh();
  }

  function connect(address: SocketAddress): void {
    const { signal } = abort;
    manager.connect(
      socketOptions({
        address,
        signal,
        acceptBlock,
        decodeLines,
        onBytes,
        onOversize: overrun,
        onSocket: (opened) => (socket = opened),
      }),
      undefined,
      () => {
        phase = 'connected';
        onBytes(0);
        const sentAt = lastReceivedAt;
        manager.login((error) => {
          loginRoundTripMs = performance.now() - sentAt;
          login.resolve(error === undefined ? 'accepted' : 'login-refused');
        });
      },
    );
  }

  /** The library gets the socket only after the certificate is verified. */
  async function connectOverTls(tls: AmiTls): Promise<void> {
    try {
      const socket = await connectTls(host, port, tls, abort.signal, recordError);
      if (typeof socket === 'string') return end(socket);
      loginTimer.refresh();
      const path = await openTlsRelay(socket);
      // Node connects even with a signal that is already aborted.
      if (abort.signal.aborted) end('unreachable');
      else connect({ path });
    } catch (error) {
      if (error instanceof Error) recordError(error);
      end('unreachable');
    }
  }

  if (tls === undefined) connect({ host, port });
  else void connectOverTls(tls);
  void login.promise.then(() => clearTimeout(loginTimer));

  return {
    login: login.promise,
    /** Resolves to the system's error code when the link is lost. */
    closed: closed.promise,
    /** `performance.now()` of the last byte, or of the TCP connection. */
    lastReceivedAt: () => lastReceivedAt,
    bytesReceived: () => bytesReceived,
    /** Milliseconds from the login to its answer. */
    loginRoundTripMs: () => loginRoundTripMs,
    /** The link was closed because a block or a list exceeded the limits. */
    isOverrun: () => isOverrun,
    request,
    close: () => abort.abort(),
  };
}

function startsWith(block: Buffer, text: string): boolean {
  return block.toString('latin1', 0, text.length) === text;
}
