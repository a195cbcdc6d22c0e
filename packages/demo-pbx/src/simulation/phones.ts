import type { DemoPbx } from '../pbx/types.ts';
import { type DeviceState, aggregateStates } from '../pbx/device-state.ts';

/** The held party is on hold, not the party that pressed hold. */
type LegState = 'RINGING' | 'INUSE' | 'ONHOLD';

/** A phone's end of a call. */
export interface Leg {
  set(state: LegState): void;
  end(): void;
}

export interface Phones {
  leg(extension: string, state: LegState): Leg;
  setRegistered(extension: string, registered: boolean): void;
  isRegistered(extension: string): boolean;
  /** In no call. */
  isIdle(extension: string): boolean;
  /** In exactly one call, answered. */
  isTalking(extension: string): boolean;
}

export function createPhones({ pbx }: { pbx: Pick<DemoPbx, 'setDeviceState'> }): Phones {
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
    leg(extension, initialState) {
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
    setRegistered(extension, registered) {
      if (registered) unregistered.delete(extension);
      else unregistered.add(extension);
      publishState(extension);
    },
    isRegistered: (extension) => !unregistered.has(extension),
    isIdle: (extension) => states(extension).length === 0,
    isTalking: (extension) => states(extension).join() === 'INUSE',
  };
}
