import { ONLY_PBX } from '@lampboard/protocol';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openStore } from '../../platform/store/open-store.ts';
import { createStoreWriter } from '../../platform/store/store-writer.ts';
import { testFolder } from '../../platform/testing/test-folder.ts';
import { createDirectoryService } from '../directory-commands.ts';
import { parseDirectory, unmatchedRows } from '../directory-csv.ts';
import { NO_DIRECTORY } from '../directory-file.ts';
import { createDirectorySources } from '../directory-sources.ts';
import { createDirectoryStore } from '../directory-store.ts';
import { type KnownHint, createHintStore } from '../hint-store.ts';

interface Options {
  folder?: string;
  /** Of the directory file, as CSV. */
  file?: string;
  hints?: readonly KnownHint[];
  pbxId?: string;
}

export const hintOf = (exten: string, name: string | null = null, context = 'default'): KnownHint => ({
  exten,
  context,
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
  name,
});

/** Opens a directory whose store is in a temporary folder; a second one in the same folder is another gateway's. */
export function openTestDirectory({
  folder = testFolder(),
  file = '',
  hints = [],
  pbxId = ONLY_PBX,
}: Options = {}) {
  const store = openStore({ folder, isDemo: false });
  const writer = createStoreWriter({ db: store.db, log: pino({ level: 'silent' }) });
  const directoryStore = createDirectoryStore(store);
  const hintStore = createHintStore({ db: store.db, writer });
  hintStore.save(pbxId, hints);
  const parsed = parse(file === '' ? 'extension,name' : file);
  const sources = createDirectorySources({
    file: {
      ...NO_DIRECTORY,
      current: () => parsed.directory,
      unmatched: (known) => unmatchedRows(parsed, known),
    },
    store: directoryStore,
    builtIn: new Map(),
  });
  const service = createDirectoryService({
    pbxs: [{ id: pbxId, contexts: null }],
    sources,
    store: directoryStore,
    hints: hintStore,
  });
  onTestFinished(() => {
    directoryStore.stop();
    writer.stop();
    store.close();
  });
  return { folder, sources, directoryStore, service, commands: service.commands };
}

function parse(file: string) {
  const parsed = parseDirectory(file);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed;
}
