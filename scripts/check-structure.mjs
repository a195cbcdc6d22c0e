// Holds the structure of the source: prints it room by room, and fails where a limit below is passed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';

const MAX_FILE_LINES = 400;
const MAX_FOLDER_FILES = 25;
const SMALL_FILE_LINES = 40;
const MAX_SMALL_FILES = 20;

/** How many parts of a path name the room that a file is in. */
const ROOM_DEPTHS = [
  ['apps/gateway/src/', 4],
  ['apps/console/src/', 4],
  ['packages/', 2],
  ['apps/', 2],
  ['e2e/testkit/', 3],
  ['e2e/tests/', 3],
  ['e2e/', 2],
];

/** Texts by language, and the generated part of a lock: lists, not code. */
const LONG_FILES = /\/i18n\/catalogues\//;

const isCode = (file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts');
const isTest = (file) => /\.(test|spec)\.tsx?$/.test(file) || file.includes('/testing/');

const source = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs', '*.css'],
  { encoding: 'utf8' },
);
const texts = new Map();
for (const file of source.trim().split('\n')) {
  try {
    texts.set(file, readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // deleted, but not yet in the index
  }
}
const lines = (file) => texts.get(file).split('\n').length - 1;

/** Names by package, for imports across packages. */
const packages = new Map(
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'packages/*/package.json'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
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
const words = JSON.parse(readFileSync('scripts/words.json', 'utf8'));
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
      const word = wordsOf(name).find(
        (each) =>
          Object.hasOwn(words, each) &&
          !(words[each].exact && each !== name) &&
          !words[each].in?.some((path) => file.startsWith(path)),
      );
      if (!word) continue;
      const line = texts.get(file).slice(0, start).split('\n').length;
      findings.push(`${file}:${line} declares ${name}: for “${word}” say ${words[word].say}.`);
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

const folders = groupBy(texts.keys(), (file) => posix.dirname(file));
const folderCircles = circles();
for (const circle of folderCircles) findings.push(`Folders import each other: ${circle}`);
const long = [...texts.keys()].filter((file) => lines(file) > MAX_FILE_LINES && !LONG_FILES.test(file));
for (const file of long)
  findings.push(`${file} has ${lines(file)} lines; at most ${MAX_FILE_LINES} are allowed.`);
const full = [...folders].filter(([, files]) => files.length > MAX_FOLDER_FILES);
for (const [folder, files] of full)
  findings.push(`${folder} has ${files.length} files; at most ${MAX_FOLDER_FILES} are allowed.`);
if (small.length > MAX_SMALL_FILES)
  findings.push(
    `${small.length} files of under ${SMALL_FILE_LINES} lines have one importer; at most ${MAX_SMALL_FILES} are allowed.`,
  );

const roomOf = (file) => {
  const folder = posix.dirname(file);
  const [, depth] = ROOM_DEPTHS.find(([prefix]) => file.startsWith(prefix)) ?? ['', 1];
  return folder.split('/').slice(0, depth).join('/');
};
const rooms = groupBy(
  [...texts.keys()].toSorted((a, b) => a.localeCompare(b)),
  roomOf,
);
const row = (name, files) => {
  const [tests, rest] = [files.filter(isTest), files.filter((file) => !isTest(file))];
  const sum = (list) => list.reduce((total, file) => total + lines(file), 0);
  return {
    room: name,
    files: own.length,
    lines: sum(own),
    'test files': tests.length,
    'test lines': sum(tests),
  };
};
console.table([...[...rooms].map(([name, files]) => row(name, files)), row('all', [...texts.keys()])]);
console.log(`Folder circles: ${folderCircles.length}`);
console.log(`Files over ${MAX_FILE_LINES} lines: ${long.length}`);
console.log(`Folders over ${MAX_FOLDER_FILES} files: ${full.length}`);
console.log(`Files of under ${SMALL_FILE_LINES} lines with one importer: ${small.length}`);
for (const each of small) console.log(`  ${each}`);
for (const finding of findings) console.error(finding);
process.exit(findings.length === 0 ? 0 : 1);
