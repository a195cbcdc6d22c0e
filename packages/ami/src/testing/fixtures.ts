import type { Socket } from 'node:net';
import { onTestFinished, expect, vi } from 'vitest';
import { acceptingLogin, startFakeAsterisk } from './fake-asterisk.ts';
import { type AmiClientOptions, createAmiClient } from '../client.ts';
import type { AmiEvent, AmiState, EventProfile } from '../types.ts';

export const LAMP_PROFILE: EventProfile = {
  trusts: 'events',
  eventClasses: ['call'],
  subscriptions: [{ name: 'ExtensionStatus', identifiedBy: ['Exten', 'Context'], lastHeader: 'Status' }],
  bootLists: [
    { action: 'ExtensionStateList', identifiedBy: ['Exten', 'Context', 'Hint'] },
    { action: 'PresenceStateList', identifiedBy: ['Presentity'] },
  ],
  identifierHeaders: ['Exten', 'Context', 'Hint', 'Presentity'],
  echoesUserText: ({ Action: action }) => action === 'Getvar' || action === 'DBGetTree',
};

interface TestClientOptions extends Partial<AmiClientOptions> {
  /** Live sessions reset the backoff. */
  readonly isProductive?: boolean;
}

/** Starts a client that records its callbacks; the caller closes it. */
export function openClient(port: number, { isProductive = true, ...options }: TestClientOptions = {}) {
  const states: AmiState[] = [];
  const events: AmiEvent[] = [];
  const untrustedEvents: AmiEvent[] = [];
  const ami = createAmiClient({
    host: '127.0.0.1',
    port,
    username: 'lampboard',
    secret: 'hush',
    profile: LAMP_PROFILE,
    ...options,
  });
  ami.start({
    onState(state) {
      states.push(state);
      if (state.kind === 'live' && isProductive) ami.resetBackoff();
    },
    onEvent: (event) => events.push(event),
    onUntrustedEvent: (event) => untrustedEvents.push(event),
    onResyncNeeded: () => {},
  });
  const kinds = () => states.map(({ kind }) => kind);
  const waitForState = (kind: AmiState['kind']) =>
    vi.waitFor(() => expect(kinds()).toContain(kind), { timeout: 8000, interval: 5 });
  return { ami, states, kinds, events, untrustedEvents, waitForState };
}

/** A fake Asterisk that is closed when the test has finished. */
export async function startAsterisk(...options: Parameters<typeof startFakeAsterisk>) {
  const server = await startFakeAsterisk(...options);
  onTestFinished(() => server.close());
  return server;
}

/** A client that is closed when the test has finished. */
export function startClient(...options: Parameters<typeof openClient>) {
  const opened = openClient(...options);
  onTestFinished(() => opened.ami.close());
  return opened;
}

/** A fake Asterisk with a client. */
export async function startSession(
  options: Parameters<typeof startFakeAsterisk>[0] & TestClientOptions = {},
) {
  const pbx = await startAsterisk(options);
  return { pbx, ...startClient(pbx.port, options) };
}

/** A live client of a fake Asterisk that replies as {@link acceptingLogin}. */
export async function goLive(
  replies?: Parameters<typeof acceptingLogin>[0],
  options?: Parameters<typeof startSession>[0],
) {
  const session = await startSession({ handleAction: acceptingLogin(replies), ...options });
  await session.waitForState('live');
  return session;
}

/** Options that find a half-open connection after 50 ms. */
export const IMPATIENT = { pingIntervalMs: 10, inactivityTimeoutMs: 50 };

/** Records the end or the error code of each connection. */
export function recordEnds() {
  const ends: string[] = [];
  const onConnect = (socket: Socket) => {
    socket.on('end', () => ends.push('end'));
    socket.on('error', (error: NodeJS.ErrnoException) => ends.push(error.code ?? ''));
  };
  return { ends, onConnect };
}
