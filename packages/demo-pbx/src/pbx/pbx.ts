import { type DemoStore, createAstDb, type PresenceSource } from './astdb.ts';
import type { Clock } from './clock.ts';
import { extensionStatus, type DeviceState } from './device-state.ts';
import type { PbxFact } from './facts.ts';
import { type DemoHint, createHintRegistry } from './hint-registry.ts';
import { NOT_SET, parsePresenceValue } from './presence-value.ts';
import { createStateStore } from './state-store.ts';

/** `starting`: no hints yet; `loading`: some of them, their lamps wrong; `up`: fully booted. */
type BootStage = 'starting' | 'loading' | 'up';

/** The PBX behind the AMI sessions. Text is bytes. */
export type Pbx = ReturnType<typeof createPbx>;

/** Returns `name` of `CustomPresence:name`, undefined for other providers. */
export function customPresenceName(provider: string): string | undefined {
  return /^custompresence:(.*)$/is.exec(provider)?.[1];
}

const CUSTOM_DEVICE = /^custom:(.+)$/is;

interface PbxOptions {
  hints: readonly DemoHint[];
  store: DemoStore;
  emit: (fact: PbxFact) => void;
  clock: Clock;
}

/** Creates a PBX that is booting; it emits nothing before `setStage('up')`. */
export function createPbx({ hints, store, emit, clock }: PbxOptions) {
  let stage: BootStage = 'starting';
  let dialplan = hints;
  const now = (): number => clock.now() / 1000;
  const startedAt = now();
  let reloadedAt = startedAt;
  const db = createAstDb(store);
  const emitWhenUp = (fact: PbxFact): void => {
    if (stage === 'up') emit(fact);
  };
  const states = createStateStore(emitWhenUp);
  for (const [name, state] of db.customDevices()) states.setDeviceState(`Custom:${name}`, state);

  /** At `up` announces the status of every hint, without its hint text, then `fully-booted`. */
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
    db,
    states,
    clock,
    globals: new Map<string, string>(),
    stage: () => stage,
    setStage,
    /** Seconds since the start. */
    uptime: () => now() - startedAt,
    secondsSinceReload: () => now() - reloadedAt,
    /** Emits a fact; drops it before the boot is over. */
    emit: emitWhenUp,
    setDeviceState(device: string, state: DeviceState) {
      const custom = CUSTOM_DEVICE.exec(device)?.[1];
      if (custom !== undefined) db.setCustomDevice(custom, state);
      states.setDeviceState(device, state);
    },
    /** Returns the change of a write to `PRESENCE_STATE(CustomPresence:name)`, undefined where it is rejected. */
    preparePresenceChange(provider: string, value: string, source: PresenceSource) {
      const name = customPresenceName(provider);
      const parsed = parsePresenceValue(value);
      if (!name || !parsed) return undefined;
      return () => {
        db.setPresence(name, value, source);
        states.announcePresence(provider, parsed.announced);
      };
    },
    /** As configured at its endpoint; of FreePBX the name in AstDB. */
    callerIdOf(device: string) {
      const number = device.slice(device.indexOf('/') + 1);
      const named = states
        .hints()
        .watching(device)
        .find(({ name }) => name !== '');
      return { number, name: named?.name ?? db.get('AMPUSER', `${number}/cidname`) };
    },
    /** Untruncated. */
    storedPresence: (provider: string) =>
      db.presenceValue(customPresenceName(provider) ?? '')?.full ?? NOT_SET,
    presenceSource: (provider: string) => db.presenceSource(customPresenceName(provider) ?? ''),
    /** The hints of a list action: while booting none, then some with a wrong lamp. */
    listHints() {
      if (stage === 'starting') return [];
      const all = (stage === 'up' ? states.hints() : createHintRegistry(dialplan)).all();
      if (stage === 'up') return all.map((hint) => ({ hint, status: states.status(hint) }));
      return all.slice(0, all.length / 2).map((hint) => ({ hint, status: extensionStatus([]) }));
    },
    reload(next: readonly DemoHint[]) {
      dialplan = next;
      reloadedAt = now();
      if (stage === 'up') states.load(next);
    },
  };
}
