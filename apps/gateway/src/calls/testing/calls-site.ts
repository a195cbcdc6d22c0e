import { startDemoPbx } from '@lampboard/demo-pbx';
import type { AmiEndpoint } from '@lampboard/ami';
import { type Call, ONLY_PBX } from '@lampboard/protocol';
import { expect, onTestFinished, vi } from 'vitest';
import { connectTestPbx } from '../../asterisk/testing/connect-test-pbx.ts';
import { createLiveBoard } from '../../board/live-board.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { systemClock } from '../../platform/clock.ts';
import { connectCalls } from '../connect-calls.ts';

export const BOARD_USER = { username: 'board', secret: 'hush', read: ['call', 'system'], write: ['call'] };
export const CALLS_USER = {
  username: 'calls',
  secret: 'hush',
  read: ['call', 'system'],
  write: ['call', 'reporting'],
};

const INFO = { id: ONLY_PBX, name: '', colour: 'violet', demo: false } as const;

/** The hints of 1101 to 1104, each with its phone. */
const HINTS = ['1101', '1102', '1103', '1104'].map((exten) => ({
  exten,
  context: 'default',
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
}));

export async function startTestPbx(options: Partial<Parameters<typeof startDemoPbx>[0]> = {}) {
  const pbx = await startDemoPbx({ hints: HINTS, users: [BOARD_USER, CALLS_USER], ...options });
  onTestFinished(() => pbx.kill());
  return pbx;
}

/** Follows the board and the calls of a PBX until the test ends. */
export function followCalls(port: number, { user = CALLS_USER }: { user?: typeof CALLS_USER } = {}) {
  const board = createLiveBoard({ pbxs: [INFO], clock: systemClock });
  const metrics = createMetrics();
  const endpointOf = ({ username, secret }: typeof CALLS_USER): AmiEndpoint => ({
    host: '127.0.0.1',
    port,
    username,
    secret,
  });
  const warnings: unknown[] = [];
  const calls = connectCalls({
    pbx: INFO,
    endpoint: endpointOf(user),
    board,
    clock: systemClock,
    metrics,
    log: { info: () => {}, warn: (details: unknown) => void warnings.push(details) },
  });
  const connected = connectTestPbx({ endpoint: endpointOf(BOARD_USER), board, onEntries: calls.setEntries });
  calls.start();
  onTestFinished(async () => {
    await Promise.all([calls.stop(), connected.stop()]);
  });
  const link = () => board.current().pbxs.get(ONLY_PBX)?.callsLink;
  const allCalls = () => [...board.current().calls.values()];
  return {
    board,
    metrics,
    warnings,
    link,
    calls: allCalls,
    /** Waits until these are all calls, as {@link summaryOf} writes them. */
    waitForCalls: (expected: readonly string[]) =>
      vi.waitFor(() => expect(summariesOf(allCalls())).toEqual([...expected].toSorted()), {
        timeout: 3000,
        interval: 5,
      }),
    /** Resolves when the calls are read, and entries are on the board. */
    live: () => vi.waitFor(() => expect(link()).toEqual({ state: 'live' }), { timeout: 5000 }),
  };
}

export async function startCallsSite(options?: Parameters<typeof startTestPbx>[0]) {
  const pbx = await startTestPbx(options);
  const site = followCalls(pbx.port);
  await site.live();
  return { pbx, ...site };
}

/** A call as `1101 talking 1102`: whose, what, with whom. */
export const summaryOf = ({ extensions, self, state, party }: Call): string =>
  [
    extensions.map((id) => id.replace('@default', '')).join('+') ||
      `(${self?.withheld ? 'withheld' : self?.number})`,
    state,
    party === null
      ? '-'
      : (party.extension?.replace('@default', '') ?? (party.withheld ? 'withheld' : party.number)),
  ].join(' ');

export const summariesOf = (calls: readonly Call[]) => calls.map(summaryOf).toSorted();
