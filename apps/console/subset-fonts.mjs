// `npm run fonts`: makes src/ui/fonts of the font's package, with the weights and features that the page uses and no others.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const WEIGHTS = { min: 400, max: 700 };
/** Those that browsers apply by themselves, and figures of one width. */
const FEATURES = ['calt', 'ccmp', 'clig', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'rlig', 'rvrn', 'tnum'];
/** The letters of Europe's languages, for which nobody should fetch the phonetic and historic ones beside them. */
const EUROPE = 'U+0100-017F,U+0218-021B,U+1E9E';

const from = dirname(fileURLToPath(import.meta.resolve('@fontsource-variable/inter/wght.css')));
const to = fileURLToPath(new URL('src/ui/fonts', import.meta.url));

function pointsOf(unicodeRange) {
  return unicodeRange.split(',').flatMap((range) => {
    const [first, last = first] = range.replace('U+', '').split('-');
    const start = Number.parseInt(first, 16);
    return Array.from({ length: Number.parseInt(last, 16) - start + 1 }, (_, index) => start + index);
  });
}

function rangeOf(points) {
  const hex = (point) => point.toString(16).toUpperCase().padStart(4, '0');
  const isIn = new Set(points);
  const lasts = points.filter((point) => !isIn.has(point + 1));
  return points
    .filter((point) => !isIn.has(point - 1))
    .map((first, index) =>
      first === lasts[index] ? `U+${hex(first)}` : `U+${hex(first)}-${hex(lasts[index])}`,
    )
    .join(', ');
}

const css = await readFile(join(from, 'wght.css'), 'utf8');
const packaged = [...css.matchAll(/inter-(\S+)-wght-normal \*\/.*?unicode-range: ([^;]+);/gs)];
const europe = pointsOf(EUROPE);
const faces = packaged.flatMap(([, name, range]) => {
  const points = pointsOf(range);
  if (name !== 'latin-ext') return [{ name, source: name, points }];
  return [
    { name, source: name, points: points.filter((point) => !europe.includes(point)) },
    { name: 'latin-europe', source: name, points: europe },
  ];
});
const rules = [];
for (const { name, source, points } of faces) {
  const whole = await readFile(join(from, `files/inter-${source}-wght-normal.woff2`));
  const options = { targetFormat: 'woff2', variationAxes: { wght: WEIGHTS }, keepFeatures: FEATURES };
  await writeFile(
    join(to, `inter-${name}.woff2`),
    await subsetFont(whole, String.fromCodePoint(...points), options),
  );
  rules.push(`@font-face {
  font-family: 'Inter Variable';
  font-style: normal;
  font-display: swap;
  font-weight: ${WEIGHTS.min} ${WEIGHTS.max};
  src: url(./inter-${name}.woff2) format('woff2-variations');
  unicode-range: ${rangeOf(points)};
}
`);
}
await copyFile(join(from, 'LICENSE'), join(to, 'LICENSE'));
await writeFile(join(to, 'fonts.css'), `/* Made by \`npm run fonts\`. */\n${rules.join('\n')}`);
