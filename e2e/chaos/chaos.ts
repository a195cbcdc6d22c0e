import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ASTERISK_RELEASES } from '../testkit/asterisk/debian-asterisk.ts';
import { reportText } from './report.ts';
import { runChaos } from './run-chaos.ts';

const USAGE = `Usage: npm run chaos -- [options]

  --minutes N    duration (1)
  --pbxs N       1: Asterisk 22; 2: Asterisk 22 and 16 on one board, each with faults of its own (1)
  --seed N       plans the same faults and actions for the same seed (random)
  --json FILE    writes the report to a file as well`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    pbxs: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const releases = ASTERISK_RELEASES.slice(0, Number(values.pbxs));
const isValid = Number.isInteger(seed) && releases.length > 0 && String(releases.length) === values.pbxs;
const ms = Number(values.minutes) * 60_000;
const print = (text: string) => process.stdout.write(`${text}\n`);

if (values.help || !(ms > 0) || !isValid) {
  print(USAGE);
  process.exit(values.help ? 0 : 2);
}

print(`seed ${seed}`);
const reports = await runChaos({ seed, ms, releases }, print);
for (const report of reports) print(`\n${reportText(report)}`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(reports, null, 2)}\n`);
process.exit(reports.every(({ violations }) => violations.length === 0) ? 0 : 1);
