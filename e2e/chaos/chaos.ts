import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { reportText } from './report.ts';
import { runChaos } from './run-chaos.ts';

const USAGE = `Usage: npm run chaos -- [options]

  --minutes N    duration (1)
  --seed N       plans the same faults and actions for the same seed (random)
  --json FILE    writes the report to a file as well`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const ms = Number(values.minutes) * 60_000;
const print = (text: string) => process.stdout.write(`${text}\n`);

if (values.help || !(ms > 0) || !Number.isInteger(seed)) {
  print(USAGE);
  process.exit(values.help ? 0 : 2);
}

print(`seed ${seed}`);
const report = await runChaos(seed, ms, print);
print(`\n${reportText(report)}`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exit(report.violations.length === 0 ? 0 : 1);
