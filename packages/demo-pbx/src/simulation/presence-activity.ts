import type { DemoPbx } from '../ami/server.ts';
import type { Presence } from '../pbx/presence-value.ts';
import type { Clock } from '../pbx/clock.ts';
import { extensionsWithPresence } from './directory.ts';
import { DND_EXTENSION, dndDevice } from './functions.ts';
import { AVAILABLE, INITIAL_PRESENCES, SAMPLE_PRESENCES, NEVER_SET } from './sample-messages.ts';
import type { Random } from './random.ts';

interface PresenceActivityOptions {
  pbx: Pick<DemoPbx, 'presence' | 'presenceSource' | 'setPresence' | 'setDeviceState'>;
  clock: Clock;
  random: Random;
}

const providerOf = (extension: string): string => `CustomPresence:${extension}`;

/** Changes presences at random; one that an AMI client has set stays from then on. */
export function createPresenceActivity({ pbx, clock, random }: PresenceActivityOptions) {
  const isUntouched = (extension: string): boolean => pbx.presenceSource(providerOf(extension)) !== 'ami';

  function set(extension: string, presence: Presence): void {
    pbx.setPresence(providerOf(extension), presence);
    if (extension === DND_EXTENSION) {
      pbx.setDeviceState(dndDevice(extension), presence.state === 'dnd' ? 'BUSY' : 'UNAVAILABLE');
    }
  }

  function initialPresence(extension: string): Presence {
    return (
      INITIAL_PRESENCES[extension] ??
      (random.chance(0.55) ? AVAILABLE : (random.pick(SAMPLE_PRESENCES) ?? AVAILABLE))
    );
  }

  function change(): void {
    const extension = random.pick(
      extensionsWithPresence.filter((candidate) => isUntouched(candidate) && !NEVER_SET.has(candidate)),
    );
    if (extension !== undefined) {
      const away = pbx.presence(providerOf(extension)).state !== 'available';
      set(extension, away && random.chance(0.7) ? AVAILABLE : (random.pick(SAMPLE_PRESENCES) ?? AVAILABLE));
    }
    clock.after(random.between(12_000, 28_000), change);
  }

  return {
    setInitial() {
      for (const extension of extensionsWithPresence) {
        if (isUntouched(extension) && !NEVER_SET.has(extension)) set(extension, initialPresence(extension));
      }
    },
    start: () => void clock.after(random.between(5000, 20_000), change),
  };
}
