import { join } from 'node:path';
import Database from 'libsql';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { runCommand } from '../processes/run-command.ts';

/** Mounting a tmpfs requires root. */
export function provideSmallDisk(): { readonly missing?: string } {
  return process.getuid?.() === 0 ? {} : { missing: 'only root may make a disk of its own' };
}

export type SmallDisk = Awaited<ReturnType<typeof mountSmallDisk>>;

export async function mountSmallDisk({ kilobytes }: { kilobytes: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-disk-'));
  const ballast = join(folder, 'ballast');
  await run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=700`, 'tmpfs', folder]);
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
    setReadOnly: () => run('mount', ['-o', 'remount,ro', folder]),
    async stop() {
      await run('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true });
    },
  };
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand({ command, args });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

export function openStoreFile(data: string, name = 'lampboard.db'): Database.Database {
  return new Database(join(data, name), { timeout: 5000 });
}

/** Locks the store against writing from this process; returns the unlock function. */
export function lockStore(data: string): () => void {
  const db = openStoreFile(data);
  db.exec('BEGIN EXCLUSIVE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}
