import { onTestFinished } from 'vitest';
import { pino } from 'pino';
import type { Logger } from '../../platform/log.ts';
import { type Auth, openAuth } from '../auth.ts';
import { testFolder } from '../../platform/testing/test-folder.ts';

/** Opens a store in a temporary folder, with a settable clock. */
export function openTestAuth({
  idleMs = 60_000,
  maxMs = 600_000,
  publicUrl = null,
  log = pino({ level: 'silent' }),
}: { idleMs?: number; maxMs?: number; publicUrl?: URL | null; log?: Logger } = {}): Auth & {
  folder: string;
  clock: { now: number };
} {
  const folder = testFolder();
  const clock = { now: 1_000_000 };
  const auth = openAuth({
    folder,
    isDemo: false,
    session: { idleMs, maxMs },
    publicUrl,
    now: () => clock.now,
    log,
  });
  onTestFinished(auth.close);
  return { ...auth, folder, clock };
}
