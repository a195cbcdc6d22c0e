import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mustRun } from '../processes/run-command.ts';
import type { Report } from './report.ts';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const E2E = fromHere('..');
const VITE = fromHere('../../node_modules/vite/bin/vite.js');
const BENCH = fromHere('../dist/bench.js');
/** It starts Asterisks, gateways, telephones and a browser one after the other. */
const LONGEST_MS = 300_000;

it(
  '[TE2] every section of the bench runs and tells its figures',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lampboard-bench-'));
    try {
      await mustRun({ command: process.execPath, args: [VITE, 'build', E2E, '--logLevel', 'warn'] });
      const file = join(folder, 'figures.json');
      await mustRun({
        command: process.execPath,
        args: [BENCH, '--smoke', '--json', file],
        timeoutMs: LONGEST_MS,
      });
      const { reports }: { reports: Record<string, Report> } = JSON.parse(await readFile(file, 'utf8'));
      expect(Object.keys(reports)).toEqual([
        'latency',
        'throughput',
        'noise',
        'peers',
        'memory',
        'browser',
        'wire',
      ]);
      for (const { tables, yardsticks } of Object.values(reports)) {
        expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(0);
        for (const { what, measured } of yardsticks) expect(measured, what).toBeTypeOf('number');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  LONGEST_MS + 60_000,
);
