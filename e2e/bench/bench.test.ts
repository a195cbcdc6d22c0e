import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { execOrThrow } from '../testkit/processes/run-command.ts';
import type { Report } from './harness/report.ts';

const resolveHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const E2E = resolveHere('..');
const VITE = resolveHere('../../node_modules/vite/bin/vite.js');
const BENCH = resolveHere('../dist/bench.js');
const MAX_DURATION_MS = 300_000;

it(
  '[TE2] every section of the bench runs and tells its figures',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lampboard-bench-'));
    try {
      await execOrThrow({ command: process.execPath, args: [VITE, 'build', E2E, '--logLevel', 'warn'] });
      const file = join(folder, 'figures.json');
      await execOrThrow({
        command: process.execPath,
        args: [BENCH, '--smoke', '--json', file],
        timeoutMs: MAX_DURATION_MS,
      });
      const { reports }: { reports: Record<string, Report> } = JSON.parse(await readFile(file, 'utf8'));
      expect(Object.keys(reports)).toEqual([
        'latency',
        'throughput',
        'noise',
        'baselines',
        'memory',
        'browser',
        'wire',
      ]);
      for (const { tables, targets: yardsticks } of Object.values(reports)) {
        expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(0);
        for (const { name: what, value: measured } of yardsticks) expect(measured, what).toBeTypeOf('number');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  MAX_DURATION_MS + 60_000,
);
