import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

interface AptSource {
  address: string;
  suites: string[];
  components: string[];
}

/** Parses the one-line format of sources.list(5): `deb [options] address suite component…`. */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line): AptSource[] => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!match) return [];
    const [, address = '', suite = '', components = ''] = match;
    return [{ address, suites: [suite], components: splitAtSpaces(components) }];
  });
}

/** Parses the deb822 format of sources.list(5). */
export function parseDeb822Sources(text: string): AptSource[] {
  return text.split(/\n[ \t]*\n/).flatMap((stanza): AptSource[] => {
    const fields = deb822Fields(stanza);
    if (!splitAtSpaces(fields.get('types')).includes('deb') || fields.get('enabled')?.trim() === 'no')
      return [];
    const suites = splitAtSpaces(fields.get('suites'));
    const components = splitAtSpaces(fields.get('components'));
    return splitAtSpaces(fields.get('uris')).map((address) => ({ address, suites, components }));
  });
}

/** Address of the Debian archive itself, not of a security archive or a third party. */
export function plainDebianArchive(sources: readonly AptSource[]): string | undefined {
  const plain = sources.filter(
    ({ address, suites, components }) =>
      components.includes('main') && ![address, ...suites].some((part) => part.includes('security')),
  );
  return (plain.find(({ address }) => /debian\/?$/.test(address)) ?? plain[0])?.address;
}

/** Apt sources of this machine; empty without apt. */
export async function machineAptSources(): Promise<AptSource[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = (await readdir(folder).catch((): string[] => [])).toSorted();
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))];
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8').catch(() => '');
      if (file.endsWith('.list')) return parseOneLineSources(text);
      return file.endsWith('.sources') ? parseDeb822Sources(text) : [];
    }),
  );
  return found.flat();
}

function deb822Fields(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of stanza.split('\n').filter((line) => !line.startsWith('#'))) {
    const field = /^([A-Za-z-]+):(.*)$/.exec(line);
    if (field) {
      last = (field[1] ?? '').toLowerCase();
      fields.set(last, field[2] ?? '');
    } else if (last && /^\s/.test(line)) {
      fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`);
    }
  }
  return fields;
}

function splitAtSpaces(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}
