import type { DemoPbx } from '../ami/server.ts';
import { type DeviceState, aggregateStates } from '../pbx/device-state.ts';

/** The held party is on hold, not the party that pressed hold. */
type LegState = 'RINGING' | 'INUSE' | 'ONHOLD';

/** A phone's end of a call. */
export interface Leg {
  set(state: LegState): void;
  end(): void;
}

export type Phones = ReturnType<typeof createPhones>;

export function createPhones(pbx: Pick<DemoPbx, 'setDeviceState'>) {
  const legs = new Map<string, Set<{ state: LegState }>>();
  const unregistered = new Set<string>();

  const states = (extension: string): LegState[] =>
    [...(legs.get(extension) ?? [])].map(({ state }) => state);

  function publishState(extension: string): void {
    const calls = states(extension);
    const idle: DeviceState = unregistered.has(extension) ? 'UNAVAILABLE' : 'NOT_INUSE';
    pbx.setDeviceState(`PJSIP/${extension}`, calls.length > 0 ? aggregateStates(calls) : idle);
  }

  return {
    leg(extension: string, initialState: LegState): Leg {
      const leg = { state: initialState };
      const extensionLegs = legs.get(extension) ?? new Set();
      legs.set(extension, extensionLegs.add(leg));
      publishState(extension);
      return {
        set(state) {
          leg.state = state;
          publishState(extension);
        },
        end() {
          extensionLegs.delete(leg);
          publishState(extension);
        },
      };
    },
    setRegistered(extension: string, registered: boolean) {
      if (registered) unregistered.delete(extension);
      else unregistered.add(extension);
      publishState(extension);
    },
    isRegistered: (extension: string) => !unregistered.has(extension),
    /** In no call. */
    isIdle: (extension: string) => states(extension).length === 0,
    /** In exactly one call, answered. */
    isTalking: (extension: string) => states(extension).join() === 'INUSE',
  };
}
