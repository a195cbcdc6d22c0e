// Holds the structure of the source: prints it room by room, and fails where a limit below is passed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';

const MAX_FILE_LINES = 400;
const MAX_FOLDER_FILES = 25;
const SMALL_FILE_LINES = 40;
const MAX_SMALL_FILES = 20;

/** Number of path parts that name the room of a file. */
const ROOM_DEPTHS = [
  ['apps/gateway/src/', 4],
  ['apps/console/src/', 4],
  ['packages/', 2],
  ['apps/', 2],
  ['e2e/testkit/', 3],
  ['e2e/tests/', 3],
  ['e2e/', 2],
];

/** Texts by language: lists, not code. */
const LONG_FILES = /\/i18n\/catalogues\//;

const isCode = (file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts');
const isTest = (file) => /\.(test|spec)\.tsx?$/.test(file) || file.includes('/testing/');

const list = (...patterns) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
const texts = new Map();
for (const file of list('*.ts', '*.tsx', '*.mjs', '*.css')) {
  try {
    texts.set(file, readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // deleted, but not yet in the index
  }
}
const lines = (file) => texts.get(file).split('\n').length - 1;

/** Names by package, for imports across packages. */
const packages = new Map(
  list('packages/*/package.json')
    .filter((file) => texts.has(posix.join(posix.dirname(file), 'src/index.ts')))
    .map((file) => [JSON.parse(readFileSync(file, 'utf8')).name, posix.dirname(file)]),
);

function resolve(from, specifier) {
  if (packages.has(specifier)) return `${packages.get(specifier)}/src/index.ts`;
  if (!specifier.startsWith('.')) return undefined;
  const file = posix.join(posix.dirname(from), specifier);
  return texts.has(file) ? file : undefined;
}

function* nodesOf(node) {
  if (Array.isArray(node)) for (const each of node) yield* nodesOf(each);
  else if (node && typeof node.type === 'string') {
    yield node;
    for (const child of Object.values(node)) if (child && typeof child === 'object') yield* nodesOf(child);
  }
}

function* namesOf(pattern) {
  if (!pattern) return;
  if (pattern.type === 'Identifier') yield pattern;
  else if (pattern.type === 'ObjectPattern')
    for (const { value, shorthand, argument } of pattern.properties)
      yield* shorthand ? [] : namesOf(value ?? argument);
  else if (pattern.type === 'ArrayPattern') for (const each of pattern.elements) yield* namesOf(each);
  else yield* namesOf(pattern.left ?? pattern.argument ?? pattern.parameter);
}

/** Returns the identifiers that a node declares. */
function* declaredBy(node) {
  switch (node.type) {
    case 'VariableDeclarator':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'ClassDeclaration':
      yield* namesOf(node.id);
      break;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      yield* namesOf(node.id);
      for (const parameter of node.params) yield* namesOf(parameter);
      break;
    case 'TSPropertySignature':
    case 'TSMethodSignature':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      if (!node.computed) yield* namesOf(node.key);
      break;
    case 'CatchClause':
      yield* namesOf(node.param);
  }
}

const imports = new Map();
const findings = [];
/** What to say instead, by word; `in` lists the paths where the word is right, `exact` forbids it only alone. */
const vocabulary = new Map(Object.entries(JSON.parse(readFileSync('scripts/vocabulary.json', 'utf8'))));
const wordsOf = (name) =>
  name.split(/[_$\d]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((word) => word.toLowerCase());

for (const file of texts.keys()) {
  if (!isCode(file)) continue;
  const { program } = parseSync(file, texts.get(file));
  const found = new Set();
  for (const node of nodesOf(program.body)) {
    const specifier = node.source?.value;
    if (typeof specifier === 'string') found.add(resolve(file, specifier));
    for (const { name, start } of declaredBy(node)) {
      for (const word of wordsOf(name)) {
        if (!vocabulary.has(word)) continue;
        const { say = vocabulary.get(word), exact, in: allowed } = vocabulary.get(word);
        if ((exact && word !== name) || allowed?.some((path) => file.startsWith(path))) continue;
        const line = texts.get(file).slice(0, start).split('\n').length;
        findings.push(`${file}:${line} declares ${name}: for “${word}” say ${say}.`);
      }
    }
  }
  found.delete(undefined);
  imports.set(file, found);
}

/** Returns the folders that reach each other by imports, by values or types (Tarjan's algorithm). */
function circles() {
  const edges = new Map();
  for (const [file, targets] of imports) {
    if (isTest(file)) continue;
    const from = posix.dirname(file);
    for (const target of targets) {
      const to = posix.dirname(target);
      if (to === from || isTest(target)) continue;
      if (!edges.has(from)) edges.set(from, new Map());
      if (!edges.get(from).has(to)) edges.get(from).set(to, `${file} → ${target}`);
    }
  }
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (folder) => {
    index.set(folder, index.size);
    low.set(folder, index.get(folder));
    stack.push(folder);
    for (const to of edges.get(folder)?.keys() ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(folder, Math.min(low.get(folder), low.get(to)));
    }
    if (low.get(folder) !== index.get(folder)) return;
    const circle = stack.splice(stack.indexOf(folder));
    if (circle.length > 1) found.push(circle);
  };
  for (const folder of edges.keys()) if (!index.has(folder)) visit(folder);
  return found.map((circle) =>
    [
      circle.join(' ↔ '),
      ...circle.flatMap((from) =>
        circle.filter((to) => edges.get(from)?.has(to)).map((to) => `  ${edges.get(from).get(to)}`),
      ),
    ].join('\n'),
  );
}

const importers = new Map();
for (const [file, targets] of imports)
  for (const target of targets)
    if (!isTest(file)) importers.set(target, [...(importers.get(target) ?? []), file]);
const small = [...importers]
  .filter(([file, users]) => users.length === 1 && lines(file) < SMALL_FILE_LINES && !isTest(file))
  .map(([file, [user]]) => `${file} (${lines(file)} lines, ${user})`)
  .toSorted();

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const circle = circles();
const long = [...texts.keys()].filter((file) => lines(file) > MAX_FILE_LINES && !LONG_FILES.test(file));
const full = [...groupBy(texts.keys(), (file) => posix.dirname(file))]
  .filter(([, { length }]) => length > MAX_FOLDER_FILES)
  .map(([folder, { length }]) => `${folder} (${length})`);

/** The page may be served below a path, which `basePath()` adds; `data/http` adds it to each request. */
const SERVER_ADDRESS = /["'`]\/(?:api|sso|healthz|socket\.io|favicon|icon-|assets)\b/;
const rootAddresses = [...texts].flatMap(([file, text]) => {
  if (!/^apps\/console\/src\/(?!data\/http\/)/.test(file) || isTest(file)) return [];
  return text
    .split('\n')
    .flatMap((line, index) => (SERVER_ADDRESS.test(line) ? [`${file}:${index + 1}`] : []));
});

/** Title, maximum and list of each measure. */
const MEASURES = [
  ['Folder circles', 0, circle],
  [`Files over ${MAX_FILE_LINES} lines`, 0, long],
  [`Folders over ${MAX_FOLDER_FILES} files`, 0, full],
  [`Files of under ${SMALL_FILE_LINES} lines with one importer`, MAX_SMALL_FILES, small],
  ['Words outside the vocabulary', 0, findings],
  ['Addresses of the gateway without basePath()', 0, rootAddresses],
];

const roomOf = (file) => {
  const [, depth] = ROOM_DEPTHS.find(([prefix]) => file.startsWith(prefix)) ?? ['', 1];
  return posix.dirname(file).split('/').slice(0, depth).join('/');
};
const row = ([room, files]) => {
  const [tests, rest] = [files.filter(isTest), files.filter((file) => !isTest(file))];
  const sum = (list) => list.reduce((total, file) => total + lines(file), 0);
  return {
    room,
    files: rest.length,
    lines: sum(rest),
    'test files': tests.length,
    'test lines': sum(tests),
  };
};
const files = [...texts.keys()].toSorted((a, b) => a.localeCompare(b));
console.table([...groupBy(files, roomOf), ['all', files]].map(row));
for (const [title, max, list] of MEASURES) {
  console.log(`${title}: ${list.length} (at most ${max})`);
  for (const each of list) console.log(`  ${each}`);
}
process.exit(MEASURES.every(([, max, list]) => list.length <= max) ? 0 : 1);
