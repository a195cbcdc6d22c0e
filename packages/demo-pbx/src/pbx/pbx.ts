import { type DemoStore, createAstDb, type PresenceSource } from './astdb.ts';
import { extensionStatus, type DeviceState, type ExtensionStatus } from './device-state.ts';
import type { PbxFact } from './facts.ts';
import { type DemoHint, createHintRegistry, type Hint } from './hint-registry.ts';
import { NOT_SET, parsePresenceValue, type Presence } from './presence-value.ts';
import { createStateStore, type StateStore } from './state-store.ts';

/** `starting`: no hints yet; `loading`: some of them, their lamps wrong; `up`: fully booted. */
export type BootStage = 'starting' | 'loading' | 'up';

/** The PBX behind the AMI sessions. Text is bytes. */
export interface Pbx {
  readonly states: StateStore;
  readonly globals: Map<string, string>;
  stage(): BootStage;
  /** At `up` announces the status of every hint, without its hint text, then `fully-booted`. */
  setStage(stage: BootStage): void;
  /** Seconds since the start. */
  uptime(): number;
  secondsSinceReload(): number;
  /** Emits a fact; drops it before the boot is over. */
  emit(fact: PbxFact): void;
  setDeviceState(device: string, state: DeviceState): void;
  /** Returns the change of a write to `PRESENCE_STATE(CustomPresence:name)`, undefined where it is rejected. */
  preparePresenceChange(provider: string, value: string, source: PresenceSource): (() => void) | undefined;
  /** Untruncated. */
  storedPresence(provider: string): Presence;
  presenceSource(provider: string): PresenceSource | undefined;
  /** The hints of a list action: while booting none, then some with a wrong lamp. */
  listHints(): readonly ListedHint[];
  reload(hints: readonly DemoHint[]): void;
}

interface ListedHint {
  hint: Hint;
  status: ExtensionStatus;
}

/** Returns `name` of `CustomPresence:name`, undefined for other providers. */
export function customPresenceName(provider: string): string | undefined {
  return /^custompresence:(.*)$/is.exec(provider)?.[1];
}

const CUSTOM_DEVICE = /^custom:(.+)$/is;

interface PbxOptions {
  hints: readonly DemoHint[];
  store: DemoStore;
  emit: (fact: PbxFact) => void;
  /** Monotonic seconds. */
  now: () => number;
}

/** Creates a PBX that is booting; it emits nothing before `setStage('up')`. */
export function createPbx({ hints, store, emit, now }: PbxOptions): Pbx {
  let stage: BootStage = 'starting';
  let dialplan = hints;
  const startedAt = now();
  let reloadedAt = startedAt;
  const db = createAstDb({ store });
  const emitWhenUp = (fact: PbxFact): void => {
    if (stage === 'up') emit(fact);
  };
  const states = createStateStore({ emit: emitWhenUp });
  for (const [name, state] of db.customDevices()) states.setDeviceState(`Custom:${name}`, state);

  function setStage(next: BootStage): void {
    if (next === 'up' && stage !== 'up') {
      // At boot, Asterisk announces only presences that are set, untruncated: it truncates on write.
      for (const [name, { full }] of db.presences()) {
        if (full.state !== 'not_set') states.announcePresence(`CustomPresence:${name}`, full);
      }
      stage = 'up';
      states.load(dialplan);
      emit({ kind: 'fully-booted' });
    }
    stage = next;
  }

  return {
    states,
    globals: new Map(),
    stage: () => stage,
    setStage,
    uptime: () => now() - startedAt,
    secondsSinceReload: () => now() - reloadedAt,
    emit: emitWhenUp,
    setDeviceState(device, state) {
      const custom = CUSTOM_DEVICE.exec(device)?.[1];
      if (custom !== undefined) db.setCustomDevice(custom, state);
      states.setDeviceState(device, state);
    },
    preparePresenceChange(provider, value, source) {
      const name = customPresenceName(provider);
      const parsed = parsePresenceValue(value);
      if (!name || !parsed) return undefined;
      return () => {
        db.setPresence(name, value, source);
        states.announcePresence(provider, parsed.announced);
      };
    },
    storedPresence: (provider) => db.presenceValue(customPresenceName(provider) ?? '')?.full ?? NOT_SET,
    presenceSource: (provider) => db.presenceSource(customPresenceName(provider) ?? ''),
    listHints() {
      if (stage === 'starting') return [];
      if (stage === 'up')
        return states
          .hints()
          .all()
          .map((hint) => ({ hint, status: states.status(hint) }));
      const all = createHintRegistry(dialplan).all();
      return all.slice(0, all.length / 2).map((hint) => ({ hint, status: extensionStatus([]) }));
    },
    reload(next) {
      dialplan = next;
      reloadedAt = now();
      if (stage === 'up') states.load(next);
    },
  };
}
