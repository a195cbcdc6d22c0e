import { expect, vi } from 'vitest';
import { type AmiClientOptions, createAmiClient } from '../client.ts';
import type { AmiEvent, AmiState } from '../types.ts';

/** A client that has been started, and all that it told; the caller closes it. `isOfUse`: whether live sessions are. */
export function openClient(port: number, options: Partial<AmiClientOptions> = {}, { isOfUse = true } = {}) {
  const states: AmiState[] = [];
  const events: AmiEvent[] = [];
  const doubted: AmiEvent[] = [];
  const ami = createAmiClient({
    host: '127.0.0.1',
    port,
    username: 'lampboard',
    secret: 'hush',
    events: ['ExtensionStatus'],
    ...options,
  });
  ami.start({
    onState(state) {
      states.push(state);
      if (state.kind === 'live' && isOfUse) ami.resetBackOff();
    },
    onEvent: (event) => events.push(event),
    onDoubted: (subject) => doubted.push(subject),
    onGap: () => {},
  });
  const reach = (kind: AmiState['kind']) =>
    vi.waitFor(() => expect(states.map((state) => state.kind)).toContain(kind), {
      timeout: 8000,
      interval: 5,
    });
  return { ami, states, events, doubted, reach };
}
