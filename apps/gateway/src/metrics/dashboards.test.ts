import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createMetrics } from './metrics.ts';

const FOLDER = new URL('../../../../docs/grafana/', import.meta.url);

/** Metrics with a value in every series. */
function populatedMetrics() {
  const metrics = createMetrics({ amiEvents: ['ExtensionStatus'], pbxIds: ['berlin'] });
  const store = { bytes: () => 0, writes: openTestAuth().writer.counts };
  const pbx = { id: 'berlin', link: { startedAt: 0, reason: null }, extensions: 0 };
  metrics.gauge({ pbxs: () => [pbx], store });
  metrics.deltaSent(1, 1);
  metrics.clientOpened();
  metrics.clientClosed('ping timeout');
  metrics.command('set-presence', 'ok');
  metrics.signIn('password', 'ok');
  metrics.request('page', 200);
  return metrics;
}

/** A metric in a query with its labels: `lampboard_clients_closed_total{…}`. */
const SELECTOR = /\b((?:lampboard|process|nodejs)_\w+)(?:\{((?:[^"{}]|\\?"[^"]*")*)\})?/g;
const LABEL = /(\w+)(?:=|!)/g;
/** Added by Prometheus. */
const PROMETHEUS_LABEL = 'instance';

it.each(['lampboard.json', 'alerts.yml'])('[MT3] %s queries only exported metrics', async (file) => {
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
