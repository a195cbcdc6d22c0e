import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBrowser } from './sections/browser.ts';
import { measureCalls } from './sections/calls.ts';
import { measureLatency } from './sections/latency.ts';
import { measureMemory } from './sections/memory.ts';
import { measureNoise } from './sections/noise.ts';
import { measureBaselines } from './sections/baselines.ts';
import { type Report, formatReport, isMet, type Scale } from './harness/report.ts';
import { measureThroughput } from './sections/throughput.ts';
import { measurePbxs } from './sections/pbxs.ts';
import { measureWire } from './sections/wire.ts';

const SECTIONS: Readonly<Record<string, (scale: Scale) => Promise<Report>>> = {
  latency: measureLatency,
  throughput: measureThroughput,
  noise: measureNoise,
  baselines: measureBaselines,
  memory: measureMemory,
  browser: measureBrowser,
  wire: measureWire,
  pbxs: measurePbxs,
  calls: measureCalls,
};

const USAGE = `Usage: npm run bench -- [section …] [options]

Sections: ${Object.keys(SECTIONS).join(', ')}; all of them where none is named.

  --json FILE    writes the figures to a file as well
  --minutes N    of load, for the memory section (1)
  --beside URL   a gateway of another version, with the account rita of the tests, for the pbxs section
  --smoke        runs briefly; targets do not count`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    beside: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const scale = { isSmoke: values.smoke, minutes: Number(values.minutes), beside: values.beside };
const names = positionals.length === 0 ? Object.keys(SECTIONS) : positionals;
const print = (text: string) => process.stdout.write(`${text}\n`);

if (values.help || !(scale.minutes > 0) || names.some((name) => !(name in SECTIONS))) {
  print(USAGE);
  process.exit(values.help ? 0 : 2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`;
print(machine);
const reports: Record<string, Report> = {};
for (const name of names) {
  print(`\n== ${name} ==\n`);
  const report = await SECTIONS[name]?.(scale);
  if (report === undefined) continue;
  reports[name] = report;
  print(formatReport(report));
}
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ machine, reports }, null, 2));
const allTargetsMet = Object.values(reports).every(({ targets }) => targets.every(isMet));
process.exit(allTargetsMet || scale.isSmoke ? 0 : 1);
