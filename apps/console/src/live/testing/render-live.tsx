import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Clock, createClock } from '../clock.ts';
import { type FakeLive, createFakeLive } from './fake-live.ts';
import { LiveProvider } from '../live-context.tsx';

interface FakePage extends FakeLive {
  readonly clock: Clock;
  /** Lets something happen on the wire, and draws what comes of it. */
  happens: (what: () => void) => Promise<void>;
}

/** Renders a part of the page on a wire that a test holds in its hands. */
export function renderLive(part: (page: FakePage) => ReactNode): FakePage {
  const fake = createFakeLive();
  const clock = createClock({ read: () => fake.timers.now });
  const page: FakePage = {
    ...fake,
    clock,
    happens: async (what) => {
      await act(async () => {
        what();
        fake.timers.frame();
        await Promise.resolve();
      });
    },
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LiveProvider live={fake.live} clock={clock}>
        {part(page)}
      </LiveProvider>
    </QueryClientProvider>,
  );
  return page;
}
