import { fromBytes, toBytes } from './bytes.ts';
import { type DeviceState, parseDeviceState } from './device-state.ts';
import { parsePresenceValue } from './presence-value.ts';

/** State that survives a restart, as in AstDB: pass the same map to the next `startDemoPbx`. */
export type DemoStore = Map<string, string>;

/** The last writer of a presence: an AMI client, or the API of the demo PBX. */
export type PresenceSource = 'ami' | 'api';

const PRESENCE_FAMILY = '/CustomPresence/';
const SOURCE_FAMILY = '/CustomPresenceSetBy/';
const DEVICE_FAMILY = '/CustomDevstate/';

const key = (family: string, name: string): string => family + fromBytes(name);

/** SQL's `LIKE` as a regular expression. */
function toPattern(like: string): string {
  return like
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
}

/** AstDB, with its families of presence and custom devices. Names and values are bytes. */
export function createAstDb(store: DemoStore) {
  const entries = (family: string): [string, string][] =>
    [...store]
      .filter(([path]) => path.startsWith(family))
      .map(([path, value]) => [path.slice(family.length), value]);

  return {
    /** Entries whose key matches as Asterisk's: `%` stands for any text, `_` for any character, case is ignored. */
    tree(family: string, key: string) {
      const prefix =
        family === '' ? '' : toPattern(`/${fromBytes(family)}${key === '' ? '' : `/${fromBytes(key)}`}`);
      const pattern = new RegExp(`^${prefix}/`, 'isu');
      return [...store]
        .filter(([path]) => pattern.test(`${path}/`))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, value]) => [toBytes(path), toBytes(value)] as const);
    },
    get: (family: string, name: string): string =>
      toBytes(store.get(key(`/${fromBytes(family)}/`, name)) ?? ''),
    put: (family: string, name: string, value: string) =>
      void store.set(key(`/${fromBytes(family)}/`, name), fromBytes(value)),
    presenceValue(name: string) {
      const value = store.get(key(PRESENCE_FAMILY, name));
      return value === undefined ? undefined : parsePresenceValue(toBytes(value));
    },
    setPresence(name: string, value: string, source: PresenceSource) {
      store.set(key(PRESENCE_FAMILY, name), fromBytes(value));
      store.set(key(SOURCE_FAMILY, name), source);
    },
    presenceSource(name: string): PresenceSource | undefined {
      const source = store.get(key(SOURCE_FAMILY, name));
      return source === 'ami' || source === 'api' ? source : undefined;
    },
    presences: () =>
      entries(PRESENCE_FAMILY).flatMap(([name, value]) => {
        const parsed = parsePresenceValue(toBytes(value));
        return parsed ? [[toBytes(name), parsed] as const] : [];
      }),
    setCustomDevice: (name: string, state: DeviceState) => void store.set(key(DEVICE_FAMILY, name), state),
    customDevices: () =>
      entries(DEVICE_FAMILY).flatMap(([name, value]) => {
        const state = parseDeviceState(value);
        return state ? [[toBytes(name), state] as const] : [];
      }),
  };
}
