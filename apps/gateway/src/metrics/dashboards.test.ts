import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createMetrics } from './metrics.ts';

const FOLDER = new URL('../../../../docs/grafana/', import.meta.url);

/** Metrics with something of everything counted. */
function populatedMetrics() {
  const metrics = createMetrics({ amiEvents: ['ExtensionStatus'] });
  const store = { bytes: () => 0, writes: openTestAuth().writer.counts };
  metrics.gauge({ link: () => ({ startedAt: 0, reason: null }), extensions: () => 0, store });
  metrics.amiState('live');
  metrics.listCompleted(1, true);
  metrics.deltaSent(1, 1);
  metrics.clientOpened();
  metrics.clientClosed('ping timeout');
  metrics.command('set-presence', 'ok');
  metrics.signIn('password', 'ok');
  metrics.request('page', 200);
  return metrics;
}

/** `lampboard_clients_closed_total{…}`: a metric that a query names, with what it asks of its labels. */
const SELECTOR = /\b((?:lampboard|process|nodejs)_\w+)(?:\{((?:[^"{}]|\\?"[^"]*")*)\})?/g;
const LABEL = /(\w+)(?:=|!)/g;
/** Prometheus puts it beside those that the gateway gives. */
const PROMETHEUS_LABEL = 'instance';

it.each(['lampboard.json', 'alerts.yml'])('[MT3] %s asks for nothing that is not told', async (file) => {
  const { body } = await populatedMetrics().text();
  const queries = readFileSync(new URL(file, FOLDER), 'utf8');
  const selectors = Array.from(queries.matchAll(SELECTOR), ([, name = '', labels = '']) => ({
    name,
    labels,
  }));
  expect(selectors.length).toBeGreaterThan(5);
  for (const { name, labels } of selectors) {
    const series = body
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    expect(series, name).not.toEqual([]);
    for (const [, label] of labels.matchAll(LABEL))
      if (label !== PROMETHEUS_LABEL) expect(series[0], name).toContain(`${label}="`);
  }
});
