import type { DemoPbx } from '../api.ts';
import type { Presence } from '../pbx/presence-value.ts';
import type { Clock } from './clock.ts';
import { DND_DEVICE, DND_EXTENSION, officePeople } from './people.ts';
import { AVAILABLE, OPENING, PHRASES, SILENT } from './phrases.ts';
import type { Random } from './random.ts';

interface MoodsOptions {
  pbx: Pick<DemoPbx, 'presence' | 'presenceAuthor' | 'setPresence' | 'setDeviceState'>;
  clock: Clock;
  random: Random;
}

const provider = (extension: string): string => `CustomPresence:${extension}`;

/** People who say where they are. Whoever's presence an AMI client has set is left alone from then on. */
export function createMoods({ pbx, clock, random }: MoodsOptions): { open(): void; start(): void } {
  const free = (extension: string): boolean => pbx.presenceAuthor(provider(extension)) !== 'ami';

  function set(extension: string, presence: Presence): void {
    pbx.setPresence(provider(extension), presence);
    if (extension === DND_EXTENSION) {
      pbx.setDeviceState(DND_DEVICE, presence.state === 'dnd' ? 'BUSY' : 'NOT_INUSE');
    }
  }

  function opening(extension: string): Presence {
    return OPENING[extension] ?? (random.chance(0.55) ? AVAILABLE : (random.pick(PHRASES) ?? AVAILABLE));
  }

  function change(): void {
    const extension = random.pick(officePeople.filter((person) => free(person) && !SILENT.has(person)));
    if (extension !== undefined) {
      const away = pbx.presence(provider(extension)).state !== 'available';
      set(extension, away && random.chance(0.7) ? AVAILABLE : (random.pick(PHRASES) ?? AVAILABLE));
    }
    clock.after(random.between(12_000, 28_000), change);
  }

  return {
    open() {
      for (const extension of officePeople) {
        if (free(extension) && !SILENT.has(extension)) set(extension, opening(extension));
      }
    },
    start: () => void clock.after(random.between(5000, 20_000), change),
  };
}
