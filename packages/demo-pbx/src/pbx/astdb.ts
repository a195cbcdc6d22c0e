import { fromBytes, toBytes } from '../bytes.ts';
import { type DeviceState, parseDeviceState } from './device-state.ts';
import { type PresenceValue, parsePresenceValue } from './presence-value.ts';

/** What outlives the PBX, as AstDB does: hand the same map to the next `startDemoPbx` for a restart. */
export type DemoStore = Map<string, string>;

/** Who last set a presence: an AMI client, or the owner of the demo PBX through its API. */
export type PresenceAuthor = 'ami' | 'api';

/** The families of AstDB that presence and custom devices live in. Names and values are bytes. */
interface AstDb {
  presenceValue(name: string): PresenceValue | undefined;
  setPresence(name: string, value: string, by: PresenceAuthor): void;
  presenceAuthor(name: string): PresenceAuthor | undefined;
  presences(): readonly (readonly [name: string, value: PresenceValue])[];
  setCustomDevice(name: string, state: DeviceState): void;
  customDevices(): readonly (readonly [name: string, state: DeviceState])[];
}

const PRESENCE = '/CustomPresence/';
const AUTHOR = '/CustomPresenceSetBy/';
const DEVICE = '/CustomDevstate/';

const key = (family: string, name: string): string => family + fromBytes(name);

export function createAstDb({ store }: { store: DemoStore }): AstDb {
  const entries = (family: string): [string, string][] =>
    [...store].filter(([at]) => at.startsWith(family)).map(([at, value]) => [at.slice(family.length), value]);

  const presenceValue = (name: string): PresenceValue | undefined => {
    const value = store.get(key(PRESENCE, name));
    return value === undefined ? undefined : parsePresenceValue(toBytes(value));
  };

  return {
    presenceValue,
    setPresence(name, value, by) {
      store.set(key(PRESENCE, name), fromBytes(value));
      store.set(key(AUTHOR, name), by);
    },
    presenceAuthor(name) {
      const by = store.get(key(AUTHOR, name));
      return by === 'ami' || by === 'api' ? by : undefined;
    },
    presences: () =>
      entries(PRESENCE).flatMap(([name, value]) => {
        const parsed = parsePresenceValue(toBytes(value));
        return parsed ? [[toBytes(name), parsed] as const] : [];
      }),
    setCustomDevice: (name, state) => void store.set(key(DEVICE, name), state),
    customDevices: () =>
      entries(DEVICE).flatMap(([name, value]) => {
        const state = parseDeviceState(value);
        return state ? [[toBytes(name), state] as const] : [];
      }),
  };
}
