import { setTimeout as delay } from 'node:timers/promises';
import { connectRawAmi } from '../ami/raw-ami.ts';
import { USERS } from '../pbx/users.ts';
import { type Span, TOLD_MS } from './edit-ledger.ts';
import { isBooted } from './watch-truth.ts';

interface EditWatch {
  /** When Asterisk could not be heard. */
  unheard(): readonly Span[];
  stop(): Promise<void>;
}

const RETRY_MS = 10;

/**
 * Listens to every presence that Asterisk tells of, once it has booted: what it restores before is nothing new.
 * `onTold` gets the message.
 */
export function watchEdits({
  amiPort,
  onTold,
}: {
  amiPort: number;
  onTold: (message: string) => void;
}): EditWatch {
  const unheard: Span[] = [];
  const stop = new AbortController();

  async function run(): Promise<void> {
    let lostAt = performance.now();
    while (!stop.signal.aborted) {
      let hasBooted = false;
      try {
        const ami = await connectRawAmi({
          port: amiPort,
          ...USERS.filtering,
          onBlock(block) {
            hasBooted ||= isBooted(block);
            if (hasBooted && block.name === 'PresenceStateChange') onTold(block.fields['message'] ?? '');
          },
        });
        stop.signal.addEventListener('abort', ami.close, { once: true });
        const filter = '^Event: (PresenceStateChange|FullyBooted)';
        await ami.action({ Action: 'Filter', Operation: 'Add', Filter: filter });
        await ami.waitFor(isBooted);
        unheard.push({ from: lostAt, to: performance.now() });
        await ami.closed;
        // What an Asterisk that is killed has done, and not told yet, is so old at most.
        lostAt = performance.now() - TOLD_MS;
      } catch {
        await delay(RETRY_MS);
      }
    }
  }
  const running = run();

  return {
    unheard: () => unheard,
    async stop() {
      stop.abort();
      await running;
    },
  };
}
