import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { getvar } from '../asterisk/getvar.ts';
import type { AmiSession } from './ami-session.ts';
import { type Finding, ok, warning } from './finding.ts';

/** Clocks that differ by more than this may be wrong. */
const MAX_OFFSET_MS = 2000;
const DAY_MS = 86_400_000;
const UTC_TIME = 'STRFTIME(,UTC,%Y-%m-%dT%H:%M:%S.%3q)';
const SYNCHRONIZE = 'have both machines set their clocks by NTP';

/** Compares Asterisk's clock with that of this machine. */
export async function checkAsteriskClock(
  session: Pick<AmiSession, 'send'>,
  now: () => number,
): Promise<Finding[]> {
  const sentAt = now();
  const [time, zone] = await Promise.all([getvar(session, UTC_TIME), getvar(session, 'STRFTIME(,,%z)')]);
  const receivedAt = now();
  const asterisk = time.ok ? Date.parse(`${time.value}Z`) : Number.NaN;
  // Older ones, or without func_strings.
  if (Number.isNaN(asterisk)) return [];
  const roundTripMs = receivedAt - sentAt;
  const offsetMs = asterisk - (sentAt + roundTripMs / 2);
  const zoneText = zone.ok && zone.value !== '' ? `; Asterisk's time zone is ${zone.value}` : '';
  if (Math.abs(offsetMs) <= MAX_OFFSET_MS + roundTripMs)
    return [ok('clock', `Asterisk's clock agrees with that of this machine${zoneText}`)];
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const direction = offsetMs > 0 ? 'ahead of' : 'behind';
  return [
    warning(
      'clock',
      `Asterisk's clock is ${seconds} s ${direction} that of this machine${zoneText}`,
      SYNCHRONIZE,
    ),
  ];
}

interface LocalClock {
  readonly now: number;
  /** When the store was last written to by a gateway; null if unknown. */
  readonly lastRunAt: number | null;
}

/** Checks the clock of this machine, by which return times are due and records are dated. */
export async function checkLocalClock({ now, lastRunAt }: LocalClock): Promise<Finding> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const time = `${new Date(now).toISOString().slice(0, 19)}Z, time zone ${timeZone}`;
  if (lastRunAt !== null && now < lastRunAt - DAY_MS)
    return warning(
      'clock',
      `this machine's clock, ${time}, is more than a day behind the last run of Lampboard`,
      SYNCHRONIZE,
    );
  if ((await isSynchronized()) === false)
    return warning(
      'clock',
      `this machine's clock, ${time}, is not synchronized`,
      'see `timedatectl`; have it set by NTP',
    );
  return ok('clock', `this machine's clock is at ${time}`);
}

/** Returns what the kernel knows of its clock (systemd reads it); null if that can't be known. */
async function isSynchronized(): Promise<boolean | null> {
  try {
    const args = ['show', '--property=NTPSynchronized', '--value'];
    const { stdout } = await promisify(execFile)('timedatectl', args, { timeout: 2000 });
    return stdout.trim() === 'yes';
  } catch {
    return null;
  }
}
