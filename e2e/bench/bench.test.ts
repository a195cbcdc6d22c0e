import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execOrThrow } from '../testkit/processes/run-command.ts';
import type { Report } from './harness/report.ts';
import { startForTest } from '../testkit/site/test-site.ts';
import { repoPath } from '../testkit/processes/repo-path.ts';
import { makeTempFolder } from '../testkit/processes/temp-folder.ts';

const MAX_DURATION_MS = 300_000;

it(
  '[TE2] [CL13] every section of the bench runs and reports its figures',
  async () => {
    const { path: folder } = await startForTest(makeTempFolder());
    await execOrThrow({
      command: process.execPath,
      args: [repoPath('node_modules/vite/bin/vite.js'), 'build', repoPath('e2e'), '--logLevel', 'warn'],
    });
    const file = join(folder, 'figures.json');
    await execOrThrow({
      command: process.execPath,
      args: [repoPath('e2e/dist/bench.js'), '--smoke', '--json', file],
      timeoutMs: MAX_DURATION_MS,
    });
    const { reports }: { reports: Record<string, Report> } = JSON.parse(await readFile(file, 'utf8'));
    expect(Object.keys(reports).join(' ')).toBe(
      'latency throughput noise baselines memory browser wire pbxs calls',
    );
    for (const { tables, targets } of Object.values(reports)) {
      expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(0);
      for (const { name, value } of targets) expect(value, name).toBeTypeOf('number');
    }
  },
  MAX_DURATION_MS + 60_000,
);
