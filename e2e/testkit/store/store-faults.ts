import { join } from 'node:path';
import Database from 'libsql';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { execOrThrow } from '../processes/run-command.ts';

/** Mounting a tmpfs requires root. */
export function provideSmallDisk(): { readonly missing?: string } {
  return process.getuid?.() === 0 ? {} : { missing: 'only root may make a disk of its own' };
}

export type SmallDisk = Awaited<ReturnType<typeof mountSmallDisk>>;

export async function mountSmallDisk({ kilobytes }: { kilobytes: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-disk-'));
  const ballast = join(folder, 'ballast');
  const options = `size=${kilobytes}k,mode=700`;
  await execOrThrow({ command: 'mount', args: ['-t', 'tmpfs', '-o', options, 'tmpfs', folder] });
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      for (const size of [65_536, 4096, 1]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size));
        } catch {
          // The disk is full for this size.
        }
      }
      closeSync(file);
    },
    free: () => rm(ballast),
    setReadOnly: () => execOrThrow({ command: 'mount', args: ['-o', 'remount,ro', folder] }),
    async stop() {
      await execOrThrow({ command: 'umount', args: ['--lazy', folder] });
      await rm(folder, { recursive: true });
    },
  };
}

/** Locks the store against writing from this process; returns the unlock function. */
export function lockStore(data: string): () => void {
  const db = new Database(join(data, 'lampboard.db'), { timeout: 5000 });
  db.exec('BEGIN EXCLUSIVE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}
