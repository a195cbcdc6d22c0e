import { block, liveEvent } from '../ami/event.ts';
import type { AmiEvent } from '../ami/event.ts';
import { createAstDb } from './astdb.ts';
import type { DemoStore } from './astdb.ts';
import { extensionStatus } from './device-state.ts';
import { createHintBook } from './hints.ts';
import type { DemoHint } from './hints.ts';
import { customPresenceName } from './pbx-core.ts';
import type { BootStage, PbxCore } from './pbx-core.ts';
import { createSwitchboard } from './switchboard.ts';
import { NOT_SET, parsePresenceValue } from './presence-value.ts';

const CUSTOM_DEVICE = /^custom:(.+)$/is;

interface CoreOptions {
  hints: readonly DemoHint[];
  store: DemoStore;
  emit: (event: AmiEvent) => void;
  /** Seconds since some fixed point. */
  now: () => number;
}

/** A PBX whose boot has just begun; it says nothing before `enter('up')`. */
export function createPbxCore({ hints, store, emit, now }: CoreOptions): PbxCore {
  let stage: BootStage = 'starting';
  let dialplan = hints;
  const started = now();
  let reloaded = started;
  const uptime = (): number => now() - started;
  const sinceReload = (): number => now() - reloaded;
  const db = createAstDb({ store });
  const say = (event: AmiEvent): void => {
    if (stage === 'up') emit(event);
  };
  const board = createSwitchboard({ emit: say });
  for (const [name, state] of db.customDevices()) board.setDeviceState(`Custom:${name}`, state);

  function enter(next: BootStage): void {
    if (next === 'up' && stage !== 'up') {
      // Asterisk announces only what is set, and in full: the cut at 255 bytes is made when it is written.
      for (const [name, { full }] of db.presences()) {
        if (full.state !== 'not_set') board.announcePresence(`CustomPresence:${name}`, full);
      }
      stage = 'up';
      board.load(dialplan);
      const headers = {
        Event: 'FullyBooted',
        Privilege: 'system,all',
        Status: 'Fully Booted',
        Uptime: '0',
        LastReload: '0',
      };
      emit({ class: 'system', text: block(Object.entries(headers)) });
    }
    stage = next;
  }

  return {
    board,
    db,
    globals: new Map(),
    stage: () => stage,
    enter,
    uptime,
    sinceReload,
    fullyBooted: () =>
      liveEvent('FullyBooted', 'system', [
        ['Uptime', String(Math.floor(uptime()))],
        ['LastReload', String(Math.floor(sinceReload()))],
        ['Status', 'Fully Booted'],
      ]),
    emit: say,
    setDeviceState(device, state) {
      const custom = CUSTOM_DEVICE.exec(device)?.[1];
      if (custom !== undefined) db.setCustomDevice(custom, state);
      board.setDeviceState(device, state);
    },
    presenceChange(provider, value, by) {
      const name = customPresenceName(provider);
      const parsed = parsePresenceValue(value);
      if (!name || !parsed) return undefined;
      return () => {
        db.setPresence(name, value, by);
        board.announcePresence(provider, parsed.announced);
      };
    },
    storedPresence: (provider) => db.presenceValue(customPresenceName(provider) ?? '')?.full ?? NOT_SET,
    presenceAuthor: (provider) => db.presenceAuthor(customPresenceName(provider) ?? ''),
    listed() {
      if (stage === 'starting') return [];
      if (stage === 'up')
        return board
          .hints()
          .all()
          .map((hint) => ({ hint, status: board.status(hint) }));
      const all = createHintBook(dialplan).all();
      return all.slice(0, all.length / 2).map((hint) => ({ hint, status: extensionStatus([]) }));
    },
    reload(next) {
      dialplan = next;
      reloaded = now();
      if (stage === 'up') board.load(next);
    },
  };
}
