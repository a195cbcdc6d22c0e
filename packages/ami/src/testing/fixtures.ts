import { onTestFinished, expect, vi } from 'vitest';
import { type FakeAsterisk, startFakeAsterisk } from './fake-asterisk.ts';
import { type AmiClientOptions, createAmiClient } from '../client.ts';
import type { AmiEvent, AmiProfile, AmiState } from '../types.ts';

export const LAMP_PROFILE: AmiProfile = {
  subscriptions: [{ name: 'ExtensionStatus', identifiedBy: ['Exten', 'Context'], lastHeader: 'Status' }],
  bootLists: [
    { action: 'ExtensionStateList', identifiedBy: ['Exten', 'Context', 'Hint'] },
    { action: 'PresenceStateList', identifiedBy: ['Presentity'] },
  ],
  identifierHeaders: ['Exten', 'Context', 'Hint', 'Presentity'],
  echoesUserText: ({ Action: action }) => action === 'Getvar',
};

/** Starts a client that records its callbacks; the caller closes it. `isProductive`: live sessions reset the backoff. */
export function openClient(
  port: number,
  options: Partial<AmiClientOptions> = {},
  { isProductive = true } = {},
) {
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
  const waitForState = (kind: AmiState['kind']) =>
    vi.waitFor(() => expect(states.map((state) => state.kind)).toContain(kind), {
      timeout: 8000,
      interval: 5,
    });
  return { ami, states, events, untrustedEvents, waitForState };
}

/** A fake Asterisk that is closed when the test has finished. */
export async function startAsterisk(...options: Parameters<typeof startFakeAsterisk>): Promise<FakeAsterisk> {
  const server = await startFakeAsterisk(...options);
  onTestFinished(() => server.close());
  return server;
}

/** A client that is closed when the test has finished. */
export function startClient(...options: Parameters<typeof openClient>): ReturnType<typeof openClient> {
  const opened = openClient(...options);
  onTestFinished(() => opened.ami.close());
  return opened;
}
