import { readFileSync } from 'node:fs';
import { repoPath } from '../processes/repo-path.ts';

/** Host name in the documented lines; leads to this machine. */
export const PROXY_HOST = 'pbx.example.org';

/** Returns the block of a document with this language and content. */
export function documentedLines(
  language: string,
  content: string,
  document = 'docs/administration.md',
): string {
  const text = readFileSync(repoPath(document), 'utf8');
  const blocks = Array.from(text.matchAll(/^```(\w+)\n(.*?)^```$/gms))
    .filter(([, tag, lines]) => tag === language && lines?.includes(content))
    .map(([, , lines = '']) => lines);
  const [lines] = blocks;
  if (lines !== undefined && blocks.length === 1) return lines;
  throw new Error(`${blocks.length} blocks of ${language} in ${document} contain ${content}`);
}

type Replacement = readonly [RegExp, string | ((text: string) => string)];

/** Replaces texts, each of which has to be there. */
export function replaceIn(lines: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((before, [pattern, replacement]) => {
    if (before.search(pattern) === -1)
      throw new Error(`There is no ${pattern.source} in the documented lines:\n${lines}`);
    return before.replaceAll(pattern, (text) =>
      typeof replacement === 'string' ? replacement : replacement(text),
    );
  }, lines);
}

/** Completes lines to a configuration of nginx that uses nothing outside its folder. */
export function nginxConfiguration(lines: string): string {
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events {}
http {
  access_log off;
  ${temps.map((kind) => `${kind}_temp_path ${kind};`).join('\n  ')}
${lines}
}
`;
}
