import { describe, expect, it } from 'vitest';
import { provideAsterisk } from '../testkit/asterisk/debian-asterisk.ts';
import { CHROMIUM_BROWSER, FIREFOX_BROWSER } from '../testkit/browser/browsers.ts';
import { providePhones } from '../testkit/phones/start-phone.ts';
import { provideSmallDisk } from '../testkit/store/store-faults.ts';
import { runChaos } from './run-chaos.ts';

const missing = [
  await provideAsterisk('22'),
  providePhones(),
  provideSmallDisk(),
  ...[CHROMIUM_BROWSER, FIREFOX_BROWSER].map(({ isInstalled }) =>
    isInstalled ? {} : { missing: 'no browser' },
  ),
].filter((provided) => 'missing' in provided);
const skipped = missing.length > 0 && process.env['CI'] !== 'true';
if (skipped) process.stderr.write(`\n!!! SKIPPED: chaos: ${JSON.stringify(missing)}\n\n`);

/** Long enough for each kind of fault once. */
const PLAN = { seed: 570, ms: 49_000 };

describe.skipIf(skipped)('everything breaks, once', () => {
  it('[LK11] [WR4] no board is wrong for longer than two seconds after it, and each edit is as it was answered', async () => {
    const notes: string[] = [];
    const report = await runChaos(PLAN.seed, PLAN.ms, (note) => notes.push(note));
    expect(report.violations, notes.join('\n')).toEqual([]);
    expect(report.faults.filter(({ count }) => count === 0)).toEqual([]);
    expect(report.edits['ok']).toBeGreaterThan(10);
    expect(report.observations).toBeGreaterThan(1000);
  }, 180_000);
});
