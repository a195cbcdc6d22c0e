import { describe, expect, it } from 'vitest';
import { ASTERISK_RELEASES, provideAsterisk } from '../testkit/asterisk/debian-asterisk.ts';
import { CHROMIUM_BROWSER, FIREFOX_BROWSER } from '../testkit/browser/browsers.ts';
import { providePhones } from '../testkit/phones/start-phone.ts';
import { provideSmallDisk } from '../testkit/store/store-faults.ts';
import { runChaos } from './run-chaos.ts';

const missing = [
  ...(await Promise.all(ASTERISK_RELEASES.map(provideAsterisk))),
  providePhones(),
  provideSmallDisk(),
  ...[CHROMIUM_BROWSER, FIREFOX_BROWSER].map(({ isInstalled }) =>
    isInstalled ? {} : { missing: 'no browser' },
  ),
].filter((provided) => 'missing' in provided);
const skipped = missing.length > 0 && process.env['CI'] !== 'true';
if (skipped) process.stderr.write(`\n!!! SKIPPED: chaos: ${JSON.stringify(missing)}\n\n`);

/** Long enough for each kind of fault once. */
const ONE_PBX = { seed: 570, ms: 49_000, releases: ASTERISK_RELEASES.slice(0, 1) };
/** Each Asterisk killed and restarted, the gateway killed and paused, and the links. */
const TWO_PBXS = { seed: 3262, ms: 40_000, releases: ASTERISK_RELEASES };
const TEST_MS = 180_000;

describe.skipIf(skipped)('everything breaks, once', () => {
  async function expectSound(options: Parameters<typeof runChaos>[0]) {
    const notes: string[] = [];
    const reports = await runChaos(options, (note) => notes.push(note));
    for (const { violations, edits, observations } of reports) {
      expect(violations.length, [...violations, ...notes].join('\n')).toBe(0);
      expect(edits['ok']).toBeGreaterThan(10);
      expect(observations).toBeGreaterThan(1000);
    }
    return reports;
  }

  it(
    '[LK11] [CM13] [WR4] no board, and no call, is wrong for longer than two seconds after it, and each edit is as it was answered',
    async () => {
      const [report] = await expectSound(ONE_PBX);
      expect(report?.faults.filter(({ count }) => count === 0)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    '[PB5] [TE8] with two PBXs, the faults of one leave the other live and right',
    async () => {
      const reports = await expectSound(TWO_PBXS);
      expect(reports.map(({ name }) => name)).toEqual(['asterisk22', 'asterisk16']);
      for (const { faults } of reports)
        expect(faults.filter(({ count }) => count > 0).length).toBeGreaterThan(6);
    },
    TEST_MS,
  );
});
