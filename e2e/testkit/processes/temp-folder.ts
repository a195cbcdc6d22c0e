import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates an empty folder, which `stop` removes. */
export async function makeTempFolder(): Promise<{ readonly path: string; stop(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'lampboard-test-'));
  return { path, stop: () => rm(path, { recursive: true, force: true }) };
}
