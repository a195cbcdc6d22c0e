import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createMetrics } from './metrics.ts';

const FOLDER = new URL('../../../../docs/grafana/', import.meta.url);

/** Metrics with something of everything counted. */
function counted() {
  const metrics = createMetrics();
  const store = { bytes: () => 0, writes: openTestIdentity().writer.counts };
  metrics.gauge({ link: () => ({ at: 0, reason: null }), extensions: () => 0, store });
  metrics.amiState('live');
  metrics.listed(1, true);
  metrics.frameSent(1, 1);
  metrics.consoleOpened();
  metrics.consoleClosed('ping timeout');
  metrics.command('set-presence', 'ok');
  metrics.signIn('password', 'ok');
  metrics.request('page', 200);
  return metrics;
}

/** `lampboard_consoles_closed_total{…}`: a metric that a query names, with what it asks of its labels. */
const SELECTOR = /\b((?:lampboard|process|nodejs)_\w+)(?:\{((?:[^"{}]|\\?"[^"]*")*)\})?/g;
const LABEL = /(\w+)(?:=|!)/g;
/** Prometheus puts it beside those that the gateway gives. */
const OF_PROMETHEUS = 'instance';

it.each(['lampboard.json', 'alerts.yml'])('[MT3] %s asks for nothing that is not told', async (file) => {
  const { body } = await counted().text();
  const queries = readFileSync(new URL(file, FOLDER), 'utf8');
  const asked = Array.from(queries.matchAll(SELECTOR), ([, name = '', labels = '']) => ({ name, labels }));
  expect(asked.length).toBeGreaterThan(5);
  for (const { name, labels } of asked) {
    const series = body
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    expect(series, name).not.toEqual([]);
    for (const [, label] of labels.matchAll(LABEL))
      if (label !== OF_PROMETHEUS) expect(series[0], name).toContain(`${label}="`);
  }
});
