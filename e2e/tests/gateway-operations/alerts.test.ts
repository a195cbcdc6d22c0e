import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../testkit/processes/free-port.ts';
import { runCommand } from '../../testkit/processes/run-command.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { type Metrics, readMetrics, trySignIn } from '../../testkit/gateway/http-client.ts';
import { repoPath } from '../../testkit/processes/repo-path.ts';
import { startTestGateway, startForTest } from '../../testkit/site/test-site.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const RULES = repoPath('docs/grafana/alerts.yml');

const { code: promtool } = await runCommand({ command: 'promtool', args: ['--version'] });
const skipped = promtool !== 0 && process.env['CI'] !== 'true';
if (skipped) process.stderr.write('\n!!! SKIPPED: alerts: there is no promtool (package prometheus)\n\n');

const UP = 'up';

/** Prometheus samples: five minutes of each; null for no response. */
function series(before: Metrics, after: Metrics | null): { series: string; values: string }[] {
  const names = new Set([...before.keys(), ...(after?.keys() ?? [])]);
  const labelled = (name: string) => {
    const [, metric = '', labels = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(name) ?? [];
    return `${metric}{${[labels, 'job="lampboard",instance="reception"'].filter(Boolean).join(',')}}`;
  };
  const run = (value: number | undefined) => (value === undefined ? '_x20' : `${value}+0x19`);
  return [...names]
    .filter((name) => name.startsWith('lampboard_') || name === UP)
    .map((name) => ({
      series: labelled(name),
      values: `${run(before.get(name))} ${run(name === UP ? (after?.get(name) ?? 0) : after?.get(name))}`,
    }));
}

/** Returns the documented alerts that fire at the end. */
async function firing(before: Metrics, after: Metrics | null): Promise<string[]> {
  const { path: folder } = await startForTest(makeTempFolder());
  const alive = (metrics: Metrics) => new Map([...metrics, [UP, 1]]);
  const test = {
    interval: '15s',
    input_series: series(alive(before), after && alive(after)),
    // promtool prints the actual values of a failed expectation.
    promql_expr_test: [{ expr: 'ALERTS{alertstate="firing"}', eval_time: '9m', exp_samples: NO_ALERT }],
  };
  const file = join(folder, 'test.yml');
  const rules = { rule_files: [RULES], evaluation_interval: '15s', tests: [test] };
  await writeFile(file, JSON.stringify(rules));
  const { stdout, stderr } = await runCommand({ command: 'promtool', args: ['test', 'rules', file] });
  const [, got = ''] = (stdout + stderr).split('got:');
  expect(stdout + stderr).toContain('exp:');
  return Array.from(got.matchAll(/alertname="(\w+)"/g), ([, name = '']) => name).toSorted();
}

const NO_ALERT = [{ labels: 'ALERTS{alertname="Nobody"}', value: 1 }];

/** The counter must exist before its first event. */
function raised(metrics: Metrics, name: string): Metrics {
  const value = metrics.get(name);
  if (value === undefined) throw new Error(`${name} is not told before it happens.`);
  return new Map([...metrics, [name, value + 1]]);
}

it.skipIf(skipped)(
  '[MT7] alerts fire for the first fault, the first guessing and a gateway that is gone',
  async () => {
    const gateway = await startTestGateway();
    const quiet = await waitUntil('the link', async () => {
      const metrics = await readMetrics(gateway);
      return metrics.get('lampboard_link_state{state="live"}') === 1 && metrics;
    });
    expect(await firing(quiet, quiet)).toEqual([]);
    expect(await firing(quiet, null)).toEqual(['LampboardGone']);
    const internalErrors = 'lampboard_commands_total{command="set-presence",result="internal-error"}';
    expect(await firing(quiet, raised(quiet, internalErrors))).toEqual(['LampboardInternalErrors']);
    for (let attempt = 0; attempt < 6; attempt += 1) await trySignIn(gateway, 'rita', 'not her password');
    expect(await firing(quiet, await readMetrics(gateway))).toEqual(['LampboardBruteForce']);
  },
);

it.skipIf(skipped)('[MT7] an alert fires where there is no link to Asterisk', async () => {
  const down = await readMetrics(await startTestGateway({ amiPort: await freePort() }));
  expect(await firing(down, down)).toContain('LampboardNotLive');
});
