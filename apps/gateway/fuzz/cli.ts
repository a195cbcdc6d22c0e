import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus, formatScript } from './script.ts';
import { fuzz } from './fuzz.ts';
import { fuzzCalls } from './fuzz-calls.ts';

const USAGE = `Usage: npm run fuzz -- [options]

Connects a gateway to an Asterisk that sends hostile input. Scripts that cover new code are added to the corpus.
Then lists channels of the link for calls, among which callers type. Exits with 1 if a problem was found.

  --minutes N    duration (1)
  --seed N       seed of the mutations (random)
  --calls N      callers that type lists (10000)
  --corpus DIR   folder of the scripts (apps/gateway/fuzz/corpus)`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    calls: { type: 'string', default: '10000' },
    corpus: { type: 'string', default: 'apps/gateway/fuzz/corpus' },
    help: { type: 'boolean', default: false },
  },
});
const { corpus: folder, help } = values;
const inputs = Number(values.calls);
const ms = Number(values.minutes) * 60_000;
const seed = Number(values.seed);

if (help || !(ms >= 0) || !Number.isInteger(seed) || !Number.isInteger(inputs)) {
  console.log(USAGE);
  process.exit(help ? 0 : 2);
}

const corpus = readCorpus(folder);
console.log(`${corpus.length} scripts, seed ${seed}`);
const { runs, scriptsAdded, found } = await fuzz({
  corpus,
  seed,
  ms,
  onScriptAdded(script) {
    const text = formatScript(script);
    const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
    writeFileSync(join(folder, `${name}.txt`), text);
  },
});
console.log(`${runs} runs, ${scriptsAdded} scripts added, ${process.memoryUsage.rss() >> 20} MB`);
if (found !== null) console.log(`found: ${found.problem}\n${formatScript(found.script)}`);
const typed = found === null ? await fuzzCalls({ seed, inputs }) : null;
if (found === null) console.log(`${inputs} callers`);
if (typed !== null) console.log(`found: another line changed by ${JSON.stringify(typed)}`);
process.exit(found === null && typed === null ? 0 : 1);
