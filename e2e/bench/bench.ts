import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBrowser } from './browser.ts';
import { measureLatency } from './latency.ts';
import { measureMemory } from './memory.ts';
import { measureNoise } from './noise.ts';
import { measurePeers } from './peers/peers.ts';
import { type Report, formatReport, isMet } from './report.ts';
import type { Scale } from './scale.ts';
import { measureThroughput } from './throughput/throughput.ts';
import { measureWire } from './wire.ts';

const SECTIONS: Readonly<Record<string, (scale: Scale) => Promise<Report>>> = {
  latency: measureLatency,
  throughput: measureThroughput,
  noise: measureNoise,
  peers: measurePeers,
  memory: measureMemory,
  browser: measureBrowser,
  wire: measureWire,
};

const USAGE = `Usage: npm run bench -- [section …] [options]

Sections: ${Object.keys(SECTIONS).join(', ')}; all of them where none is named.

  --json FILE    writes the figures to a file as well
  --minutes N    of load, for the memory section (1)
  --smoke        only as much as shows that it works; yardsticks do not count`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const scale = { isSmoke: values.smoke, minutes: Number(values.minutes) };
const names = positionals.length === 0 ? Object.keys(SECTIONS) : positionals;
const say = (text: string) => process.stdout.write(`${text}\n`);

if (values.help || !(scale.minutes > 0) || names.some((name) => !(name in SECTIONS))) {
  say(USAGE);
  process.exit(values.help ? 0 : 2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`;
say(machine);
const reports: Record<string, Report> = {};
for (const name of names) {
  say(`\n== ${name} ==\n`);
  const report = await SECTIONS[name]?.(scale);
  if (report === undefined) continue;
  reports[name] = report;
  say(formatReport(report));
}
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ machine, reports }, null, 2));
const areAllMet = Object.values(reports).every(({ yardsticks }) => yardsticks.every(isMet));
process.exit(areAllMet || scale.isSmoke ? 0 : 1);
