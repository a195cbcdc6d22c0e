import {
  HEALTH_INTERVAL_MS,
  type Health,
  type HealthSample,
  ONLY_PBX,
  type PbxHealth,
} from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ADA, RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { HealthScreen } from './health-screen.tsx';

function sampleOf(timestamp: number, overrides: Partial<HealthSample> = {}): HealthSample {
  const updateLatency = { p50: 0.5, p99: 2.1 };
  const quiet = { events: 12.34, changes: 0, updateLatency, clients: 3, failures: {}, storeFailures: 0 };
  return { timestamp, ...quiet, cpu: 0.034, memory: 81e6, ...overrides };
}

function healthWith(samples: readonly Partial<HealthSample>[], link: PbxHealth['link'] = []): Health {
  const time = Date.now();
  const timestampOf = (index: number) => time - (samples.length - 1 - index) * HEALTH_INTERVAL_MS;
  return {
    time,
    pbxs: [{ id: ONLY_PBX, name: '', asterisk: 'pbx.example.com:5038', link }],
    samples: samples.map((overrides, index) => sampleOf(timestampOf(index), overrides)),
  };
}

function setup(health: Health, me = ADA) {
  const gateway = createFakeGateway();
  gateway.stubCommand('get-health', health);
  return renderLive(() => <HealthScreen me={me} />, { me, gateway });
}

const card = async (name: string) => {
  const heading = await screen.findByRole('heading', { name });
  return within(heading.closest('figure') ?? heading);
};

it('[MT5] is for administrators only, and sends no request otherwise', () => {
  const { gateway } = setup(healthWith([]), RITA);
  expect(screen.getByText('Only administrators can see this page.')).toBeDefined();
  expect(gateway.requests).toEqual([]);
});

it('[MT5] each chart shows its current value', async () => {
  setup(
    healthWith(
      [{ failures: { conflict: 2 } }, { failures: { conflict: 1, forbidden: 1 }, events: 8 }],
      [{ startedAt: Date.now() - 60_000, reason: null }],
    ),
  );
  expect((await card('Connection to Asterisk')).getByText('Live')).toBeDefined();
  expect((await card('Events from Asterisk')).getByText('8/s')).toBeDefined();
  expect((await card('Events from Asterisk')).getByText('at most 12/s')).toBeDefined();
  expect((await card('Update latency')).getByText('0.5 ms')).toBeDefined();
  expect((await card('Update latency')).getByText('Median; 99% within 2.1 ms')).toBeDefined();
  expect((await card('Connected clients')).getByText('3')).toBeDefined();
  expect((await card('Rejected requests')).getByText('4')).toBeDefined();
  expect((await card('Rejected requests')).getByText('3 conflicts, 1 not allowed')).toBeDefined();
  expect((await card('CPU')).getByText('3.4%')).toBeDefined();
  expect((await card('Memory')).getByText('81 MB')).toBeDefined();
});

it('[MT5] before the first sample no chart names a value', async () => {
  setup(healthWith([]));
  expect((await card('CPU')).getByText('–')).toBeDefined();
  expect(screen.queryByText(/^at most/)).toBeNull();
});

it('[MT5] says why the link is not live', async () => {
  setup(healthWith([{ updateLatency: null }], [{ startedAt: Date.now() - 60_000, reason: 'unreachable' }]));
  expect((await card('Connection to Asterisk')).getByText('Asterisk unreachable')).toBeDefined();
  expect((await card('Update latency')).getByText('No updates')).toBeDefined();
});

it('[MT5] arrow keys move through the hour and announce all values of the moment', async () => {
  const down = { startedAt: Date.now() - 60_000, reason: 'unresponsive' } as const;
  const { user } = setup(
    healthWith(
      [{ events: 4 }, { events: 7 }, {}],
      [down, { startedAt: Date.now() - HEALTH_INTERVAL_MS / 2, reason: null }],
    ),
  );
  const slider = await screen.findByRole('slider', { name: 'Time' });
  slider.focus();
  await user.keyboard('{ArrowLeft}');
  expect(slider.getAttribute('aria-valuetext')).toContain('Asterisk not responding');
  expect(slider.getAttribute('aria-valuetext')).toContain('Events from Asterisk 7/s');
  expect((await card('Events from Asterisk')).getByText('7/s')).toBeDefined();
  await user.keyboard('{Home}');
  expect((await card('Events from Asterisk')).getByText('4/s')).toBeDefined();
  await user.tab();
  expect((await card('Events from Asterisk')).getByText('12/s')).toBeDefined();
});

it('[MT5] shows the values as a table', async () => {
  const { user } = setup(healthWith([{ failures: { forbidden: 1 } }, { failures: { forbidden: 1 } }]));
  await user.click(await screen.findByText('Show as table'));
  const [, latest] = await screen.findAllByRole('row');
  expect(latest?.textContent).toContain('81 MB');
});

it('[MT5] when the gateway stops responding, the last values stay, with their time', async () => {
  const page = setup(healthWith([{}], [{ startedAt: 0, reason: null }]));
  await card('Memory');
  page.gateway.stub('POST /api/commands/get-health', null);
  await page.happens(() => void page.lazyQueryClient.get()?.invalidateQueries());
  await vi.waitFor(() =>
    expect(screen.getByRole('alert').textContent).toMatch(/gateway is not responding.*No data since \d/u),
  );
  expect((await card('Connection to Asterisk')).getByText('Unknown')).toBeDefined();
  expect((await card('Memory')).getByText('81 MB')).toBeDefined();
});
