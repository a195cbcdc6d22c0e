import { onTestFinished } from 'vitest';
import { pino } from 'pino';
import type { Logger } from '../log.ts';
import { type Identity, openIdentity } from '../identity.ts';
import { testFolder } from './test-folder.ts';

/** A store in a folder of its own, by a clock that a test sets. */
export function openTestIdentity({
  idleMs = 60_000,
  maxMs = 600_000,
  publicUrl = null,
  log = pino({ level: 'silent' }),
}: { idleMs?: number; maxMs?: number; publicUrl?: URL | null; log?: Logger } = {}): Identity & {
  folder: string;
  clock: { now: number };
} {
  const folder = testFolder();
  const clock = { now: 1_000_000 };
  const identity = openIdentity({
    folder,
    isDemo: false,
    session: { idleMs, maxMs },
    publicUrl,
    now: () => clock.now,
    log,
  });
  onTestFinished(identity.close);
  return { ...identity, folder, clock };
}
