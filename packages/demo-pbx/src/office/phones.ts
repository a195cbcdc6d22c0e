import type { DemoPbx } from '../api.ts';
import { type DeviceState, aggregate } from '../pbx/device-state.ts';

/** What one call is doing to a telephone. The one who is being held is on hold, not the one who pressed hold. */
type LegState = 'RINGING' | 'INUSE' | 'ONHOLD';

/** A telephone's end of a call. */
export interface Leg {
  set(state: LegState): void;
  end(): void;
}

/** The telephones of the office, each with the calls it has a part in. */
export interface Phones {
  leg(extension: string, state: LegState): Leg;
  register(extension: string, registered: boolean): void;
  isRegistered(extension: string): boolean;
  /** In no call at all. */
  isIdle(extension: string): boolean;
  /** In one call, answered: a second one can only wait. */
  isTalking(extension: string): boolean;
}

export function createPhones({ pbx }: { pbx: Pick<DemoPbx, 'setDeviceState'> }): Phones {
  const legs = new Map<string, Set<{ state: LegState }>>();
  const gone = new Set<string>();

  const states = (extension: string): LegState[] =>
    [...(legs.get(extension) ?? [])].map(({ state }) => state);

  function show(extension: string): void {
    const calls = states(extension);
    const idle: DeviceState = gone.has(extension) ? 'UNAVAILABLE' : 'NOT_INUSE';
    pbx.setDeviceState(`PJSIP/${extension}`, calls.length > 0 ? aggregate(calls) : idle);
  }

  return {
    leg(extension, first) {
      const leg = { state: first };
      const own = legs.get(extension) ?? new Set();
      legs.set(extension, own.add(leg));
      show(extension);
      return {
        set(state) {
          leg.state = state;
          show(extension);
        },
        end() {
          own.delete(leg);
          show(extension);
        },
      };
    },
    register(extension, registered) {
      if (registered) gone.delete(extension);
      else gone.add(extension);
      show(extension);
    },
    isRegistered: (extension) => !gone.has(extension),
    isIdle: (extension) => states(extension).length === 0,
    isTalking: (extension) => states(extension).join() === 'INUSE',
  };
}
