import { setTimeout as delay } from 'node:timers/promises';
import { connectRawAmi } from '../testkit/ami/raw-ami-client.ts';
import { USERS } from '../testkit/pbx/pbx-under-test.ts';
import { type Span, CONFIRMATION_TIMEOUT_MS } from './edit-ledger.ts';
import { isBooted } from './oracle.ts';

const RETRY_MS = 10;

/** Reports the message of every presence event after boot; those before restore stored values. */
export async function monitorEdits(amiPort: number, onConfirmed: (message: string) => void) {
  const unobserved: Span[] = [];
  const stop = new AbortController();

  async function run(): Promise<void> {
    let disconnectedAt = performance.now();
    while (!stop.signal.aborted) {
      let hasBooted = false;
      try {
        const ami = await connectRawAmi({
          port: amiPort,
          ...USERS.filtering,
          onBlock(block) {
            hasBooted ||= isBooted(block);
            if (hasBooted && block.name === 'PresenceStateChange') onConfirmed(block.fields['message'] ?? '');
          },
        });
        stop.signal.addEventListener('abort', ami.close, { once: true });
        const filter = '^Event: (PresenceStateChange|FullyBooted)';
        await ami.action({ Action: 'Filter', Operation: 'Add', Filter: filter });
        await ami.waitFor(isBooted);
        unobserved.push({ from: disconnectedAt, to: performance.now() });
        await ami.closed;
        // Maximum age of an edit that a killed Asterisk applied without sending its event.
        disconnectedAt = performance.now() - CONFIRMATION_TIMEOUT_MS;
      } catch {
        await delay(RETRY_MS);
      }
    }
  }
  const running = run();

  return {
    unobserved: () => unobserved,
    async stop() {
      stop.abort();
      await running;
    },
  };
}
