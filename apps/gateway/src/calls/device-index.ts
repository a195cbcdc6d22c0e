import { type Entry, parseHint, providerKey } from '@lampboard/model';
import { extensionId } from '@lampboard/protocol';

/** Which entries of the board have a device, or a number. */
export interface DeviceIndex {
  /** Returns ids of entries; one device may stand in several hints, of which that with the fewest devices comes first. */
  readonly extensionsOfDevice: (device: string) => readonly string[];
  /** Returns the id of the entry with this number; null where there is none, or several. */
  readonly extensionOfNumber: (number: string) => string | null;
}

const NONE: readonly string[] = [];
/** Devices that are remembered: of trunks, callers may choose the name. */
const MAX_DEVICES = 10_000;

const devicesOf = ({ hint }: Pick<Entry, 'hint'>) => parseHint(hint).devices;

/** Indexes entries by the devices and numbers of all their hints. Asterisk ignores the case of a device. */
export function createDeviceIndex(entries: readonly Entry[], pbxId: string): DeviceIndex {
  const byDevice = new Map<string, Set<string>>();
  const byNumber = new Map<string, Set<string>>();
  const add = (index: Map<string, Set<string>>, key: string, id: string) => {
    const ids = index.get(key);
    if (ids === undefined) index.set(key, new Set([id]));
    else ids.add(id);
  };
  for (const entry of entries.toSorted((a, b) => devicesOf(a).length - devicesOf(b).length)) {
    const id = extensionId(entry.exten, entry.context, pbxId);
    for (const { exten, hint } of [entry, ...(entry.aliases ?? [])]) {
      add(byNumber, exten, id);
      for (const device of devicesOf({ hint })) add(byDevice, providerKey(device), id);
    }
  }
  const idsByKey = new Map(Array.from(byDevice, ([device, ids]) => [device, [...ids]]));
  /** As channels are named: each list asks for all of them. */
  const idsByDevice = new Map<string, readonly string[]>();
  return {
    extensionsOfDevice(device) {
      const known = idsByDevice.get(device);
      if (known !== undefined) return known;
      const ids = idsByKey.get(providerKey(device)) ?? NONE;
      if (idsByDevice.size >= MAX_DEVICES) idsByDevice.clear();
      idsByDevice.set(device, ids);
      return ids;
    },
    extensionOfNumber(number) {
      const [id, other] = byNumber.get(number) ?? NONE;
      return other === undefined ? (id ?? null) : null;
    },
  };
}
