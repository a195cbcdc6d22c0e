import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus, formatScript } from './script.ts';
import { fuzz } from './fuzz.ts';

const USAGE = `Usage: npm run fuzz -- [options]

Has a gateway follow an Asterisk that says what people may type, and worse. Scripts that make new code run are added to
the corpus. Exits with 1 where something was found.

  --minutes N    for so long (1)
  --seed N       the same seed changes scripts in the same way (any)
  --corpus DIR   where the scripts are (apps/gateway/fuzz/corpus)`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    corpus: { type: 'string', default: 'apps/gateway/fuzz/corpus' },
    help: { type: 'boolean', default: false },
  },
});
const { corpus: folder, help } = values;
const ms = Number(values.minutes) * 60_000;
const seed = Number(values.seed);

if (help || !(ms >= 0) || !Number.isInteger(seed)) {
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
console.log(`${runs} runs, ${scriptsAdded} scripts kept, ${process.memoryUsage.rss() >> 20} MB`);
if (found !== null) console.log(`found: ${found.problem}\n${formatScript(found.script)}`);
process.exit(found === null ? 0 : 1);
