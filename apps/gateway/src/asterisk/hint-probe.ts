import type { AmiClient } from '@lampboard/ami';
import { lampFromStatus, phoneLamp } from '@lampboard/model';
import { type Extension, isOfPbx } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { LiveBoard } from '../board/live-board.ts';
import type { Phones } from './phones.ts';
import { createReschedulingTimer } from '../platform/rescheduling-timer.ts';

const INTERVAL_MS = 1000;
const EXTENSIONS_PER_PROBE = 8;
const PHONES_PER_PROBE = 8;

interface HintProbeOptions {
  ami: Pick<AmiClient, 'send'>;
  phones: Pick<Phones, 'followed' | 'read'>;
  pbxId: string;
  board: Pick<LiveBoard, 'current' | 'apply'>;
  isLive: () => boolean;
  monotonic: Clock['monotonic'];
  /** A sampled extension is gone, or its lamp differs from the board's. */
  onDifference: () => void;
}

/**
 * Polls Asterisk once a second for changes without an event: hints that a reload removed, and phones hidden by another
 * device of their hint, such as “do not disturb”. A random sample of extensions shows within two seconds that most are gone.
 */
export function createHintProbe(options: HintProbeOptions): { start(): void; stop(): void } {
  const { ami, phones, pbxId, board, isLive, monotonic, onDifference } = options;
  const timer = createReschedulingTimer({ task: probe, monotonic });
  /** Position in the round of hidden phones. */
  let nextHidden = 0;

  async function probe(): Promise<number> {
    if (isLive()) {
      const extensions = [...board.current().extensions.values()].filter(({ id }) => isOfPbx(id, pbxId));
      const differences = Promise.all(randomSample(extensions, EXTENSIONS_PER_PROBE).map(differs));
      await Promise.all(nextPhones().map(checkPhone));
      if ((await differences).includes(true) && isLive()) onDifference();
    }
    return INTERVAL_MS;
  }

  async function differs({ id, exten, context }: Extension): Promise<boolean> {
    const response = await ami.send({ Action: 'ExtensionState', Exten: exten, Context: context });
    if (!response.ok) return false;
    const { hint, status } = response.value;
    const extension = board.current().extensions.get(id);
    return extension !== undefined && (hint === '' || lampFromStatus(Number(status)) !== extension.lamp);
  }

  /** Returns hidden phones in turn, filled up with a random sample of all. */
  function nextPhones(): readonly string[] {
    const followed = [...phones.followed()];
    const hidden = followed.filter((id) => isHidden(board.current().extensions.get(id)));
    const due = Array.from({ length: Math.min(PHONES_PER_PROBE, hidden.length) }, (_, index) =>
      hidden.at((nextHidden + index) % hidden.length),
    ).filter((one) => one !== undefined);
    nextHidden += due.length;
    return [...due, ...randomSample(followed, PHONES_PER_PROBE - due.length)];
  }

  async function checkPhone(id: string): Promise<void> {
    const phone = await phones.read(id);
    if (phone.ok && phone.value && isLive()) board.apply(pbxId, [{ kind: 'phone', id, phone: phone.value }]);
  }

  return { start: () => timer.runWithin(INTERVAL_MS), stop: () => timer.cancel() };
}

function isHidden(extension: Extension | undefined): boolean {
  return extension?.phone ? extension.phone.dnd || phoneLamp(extension) !== extension.lamp : false;
}

function randomSample<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, () => all[Math.floor(Math.random() * all.length)]).filter(
    (one) => one !== undefined,
  );
}
