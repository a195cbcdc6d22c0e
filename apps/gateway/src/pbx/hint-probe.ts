import type { AmiClient } from '@lampboard/ami';
import { lampOfStatus } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { LiveBoard } from './live-board.ts';
import type { Phones } from './phones.ts';
import { createRecurring } from './recurring.ts';

const INTERVAL_MS = 1000;
const EXTENSIONS = 8;
const PHONES = 8;

/**
 * Asks Asterisk once a second about what no event announces. A reload announces every hint that it leaves, and nothing of
 * those that it removes: a few extensions, chosen at random, show within two seconds that most of them are gone. Nor is a
 * telephone announced that the other devices of its hint hide, such as one on “do not disturb”.
 */
export function createHintProbe({
  ami,
  phones,
  board,
  isLive,
  elapsed,
  onDifference,
}: {
  ami: Pick<AmiClient, 'send'>;
  phones: Pick<Phones, 'joined' | 'read'>;
  board: Pick<LiveBoard, 'current' | 'observe'>;
  isLive: () => boolean;
  elapsed: Clock['elapsed'];
  /** An extension is gone, or its lamp is another one than on the board. */
  onDifference: () => void;
}): { start(): void; stop(): void } {
  const turns = createRecurring({ task: probe, elapsed });
  /** Of the hidden telephones the one whose turn it is. */
  let turn = 0;

  async function probe(): Promise<number> {
    if (isLive()) {
      const rows = [...board.current().rows.values()];
      const extensions = Promise.all(sample(rows, EXTENSIONS).map(differs));
      await Promise.all(nextPhones().map(checkPhone));
      if ((await extensions).includes(true) && isLive()) onDifference();
    }
    return INTERVAL_MS;
  }

  async function differs({ id, exten, context }: ExtensionRow): Promise<boolean> {
    const answer = await ami.send({ Action: 'ExtensionState', Exten: exten, Context: context });
    if (!answer.ok) return false;
    const { hint, status } = answer.value;
    const row = board.current().rows.get(id);
    return row !== undefined && (hint === '' || lampOfStatus(Number(status)) !== row.lamp);
  }

  /** Those that are hidden in turn, and others as far as there is room. */
  function nextPhones(): readonly [string, string][] {
    const joined = [...phones.joined()];
    const hidden = joined.filter(([id]) => isHidden(board.current().rows.get(id)));
    const due = Array.from({ length: Math.min(PHONES, hidden.length) }, (_, index) =>
      hidden.at((turn + index) % hidden.length),
    ).filter((one) => one !== undefined);
    turn += due.length;
    return [...due, ...sample(joined, PHONES - due.length)];
  }

  async function checkPhone([id, hint]: readonly [string, string]): Promise<void> {
    const answer = await phones.read(hint);
    if (answer.ok && isLive()) board.observe([{ kind: 'phone', id, phone: answer.value }]);
  }

  return { start: () => turns.within(INTERVAL_MS), stop: () => turns.cancel() };
}

function isHidden(row: ExtensionRow | undefined): boolean {
  return row?.phone ? row.phone.dnd || row.phone.lamp !== row.lamp : false;
}

/** So many at random, of few all. */
function sample<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, () => all[Math.floor(Math.random() * all.length)]).filter(
    (one) => one !== undefined,
  );
}
