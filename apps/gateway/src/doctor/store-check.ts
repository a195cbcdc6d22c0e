import { toConfigResult } from '../config/environment.ts';
import { freeBytes, inspectStore } from '../platform/store/inspect-store.ts';
import type { StoredPbx } from '../platform/store/pbx-ids.ts';
import { existingFolder } from '../platform/store/store-file.ts';
import type { StoreLocation } from '../platform/store/store-identity.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const MB = 1_000_000;
/** Below this the disk counts as full. */
const MIN_FREE_BYTES = MB;
/** A migration copies the store, and keeps its log beside it. */
const COPIES = 3;
const MIN_COMFORTABLE_BYTES = 100 * MB;

export interface StoreCheck {
  readonly findings: readonly Finding[];
  readonly hasAccounts: boolean;
  readonly lastRunAt: number | null;
}

/** Checks folder, file, rights, integrity and version of the store, and the disk that it is on. */
export function checkStore(location: StoreLocation, pbxs: readonly StoredPbx[]): StoreCheck {
  const inspected = toConfigResult(() => inspectStore(location, pbxs));
  const disk = checkDisk(location, inspected.ok ? (inspected.value?.bytes ?? 0) : 0);
  const unknown = { hasAccounts: false, lastRunAt: null };
  if (!inspected.ok)
    return { ...unknown, findings: [problem('store', withoutPeriod(inspected.message)), disk] };
  const store = inspected.value;
  if (store === null)
    return {
      ...unknown,
      findings: [ok('store', `none yet: the first start creates it in ${location.folder}`), disk],
    };
  const { path, bytes, version, currentVersion, owner, hasAccounts, lastRunAt } = store;
  const older =
    version < currentVersion
      ? `; the next start migrates it to version ${currentVersion}, and keeps a copy`
      : '';
  const user = process.getuid?.() ?? owner;
  const found =
    user === owner
      ? ok('store', `${path} is whole and can be written: ${toMegabytes(bytes)}, version ${version}${older}`)
      : warning(
          'store',
          `${path} is whole, but belongs to the user with the id ${owner}, and this is ${user}: what Lampboard's user may do is not checked`,
          'run it as that user: `sudo -u lampboard …`',
        );
  return { findings: [found, disk], hasAccounts, lastRunAt };
}

function checkDisk({ folder }: StoreLocation, storeBytes: number): Finding {
  const free = freeBytes(existingFolder(folder));
  const text = `${toMegabytes(free)} are free for ${folder}`;
  if (free < MIN_FREE_BYTES)
    return problem('disk', `the disk is full: ${text}`, 'free space: nothing new can be stored');
  if (free < Math.max(MIN_COMFORTABLE_BYTES, COPIES * storeBytes))
    return warning('disk', `only ${text}`, 'free space');
  return ok('disk', text);
}

const toMegabytes = (bytes: number) =>
  `${(bytes / MB).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
const withoutPeriod = (text: string) => text.replace(/\.$/, '');
