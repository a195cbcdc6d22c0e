import { type DemoStore, createAstDb } from './astdb.ts';
import { extensionStatus } from './device-state.ts';
import type { PbxFact } from './facts.ts';
import { type DemoHint, createHintBook } from './hints.ts';
import { type BootStage, type PbxCore, customPresenceName } from './pbx-core.ts';
import { NOT_SET, parsePresenceValue } from './presence-value.ts';
import { createStateBook } from './state-book.ts';

const CUSTOM_DEVICE = /^custom:(.+)$/is;

interface CoreOptions {
  hints: readonly DemoHint[];
  store: DemoStore;
  emit: (fact: PbxFact) => void;
  /** Seconds since some fixed point. */
  now: () => number;
}

/** A PBX whose boot has just begun; it says nothing before `enter('up')`. */
export function createPbxCore({ hints, store, emit, now }: CoreOptions): PbxCore {
  let stage: BootStage = 'starting';
  let dialplan = hints;
  const started = now();
  let reloaded = started;
  const db = createAstDb({ store });
  const say = (fact: PbxFact): void => {
    if (stage === 'up') emit(fact);
  };
  const states = createStateBook({ emit: say });
  for (const [name, state] of db.customDevices()) states.setDeviceState(`Custom:${name}`, state);

  function enter(next: BootStage): void {
    if (next === 'up' && stage !== 'up') {
      // Asterisk announces only what is set, and in full: the cut at 255 bytes is made when it is written.
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
    enter,
    uptime: () => now() - started,
    sinceReload: () => now() - reloaded,
    emit: say,
    setDeviceState(device, state) {
      const custom = CUSTOM_DEVICE.exec(device)?.[1];
      if (custom !== undefined) db.setCustomDevice(custom, state);
      states.setDeviceState(device, state);
    },
    presenceChange(provider, value, by) {
      const name = customPresenceName(provider);
      const parsed = parsePresenceValue(value);
      if (!name || !parsed) return undefined;
      return () => {
        db.setPresence(name, value, by);
        states.announcePresence(provider, parsed.announced);
      };
    },
    storedPresence: (provider) => db.presenceValue(customPresenceName(provider) ?? '')?.full ?? NOT_SET,
    presenceAuthor: (provider) => db.presenceAuthor(customPresenceName(provider) ?? ''),
    listed() {
      if (stage === 'starting') return [];
      if (stage === 'up')
        return states
          .hints()
          .all()
          .map((hint) => ({ hint, status: states.status(hint) }));
      const all = createHintBook(dialplan).all();
      return all.slice(0, all.length / 2).map((hint) => ({ hint, status: extensionStatus([]) }));
    },
    reload(next) {
      dialplan = next;
      reloaded = now();
      if (stage === 'up') states.load(next);
    },
  };
}
