import { NOT_SET } from '@lampboard/protocol';
import { beforeAll, expect, it, vi } from 'vitest';
import { onEveryAsterisk } from '../asterisk/on-every-asterisk.ts';
import { type Hint, inDefault } from '../pbx/hints.ts';
import type { NotifiedPresence } from '../sip/parse-pidf.ts';
import { watchPresence } from '../sip/watch-presence.ts';
import type { OpenBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';

const DEVICES = [
  'PJSIP/1103',
  'pjsip/1104',
  'SIP/1101',
  'IAX2/1',
  'DAHDI/1',
  'Custom:x&PJSIP/1105',
  ' PJSIP/1',
  '',
];
const LABELS = ['CustomPresence', 'custompresence', 'CUSTOMPRESENCE'];
const NAMES = ['1103', 'ann-smith', 'Ann Smith', 'ann@corp', 'Zoë', "o'neil.x"];
const JOINTS = [',', ',', ' ,', ', ', '&', ',,'];
const EXTENSIONS = ['3001', '30-02', 'bob@corp', 'ann.x'];

interface Sample extends Hint {
  /** As a dialplan writes it that knows nothing of the hint's spelling. */
  readonly provider: string;
}

/** Each choice of each part beside many of the others; which, follows from the place in the list alone. */
const SAMPLES: readonly Sample[] = Array.from({ length: 36 }, (_, index) => {
  const pick = (from: readonly string[], step: number) =>
    from[(index * step + Math.floor(index / 7)) % from.length] ?? '';
  const name = `${pick(NAMES, 5)}${index}`;
  const hint = `${pick(DEVICES, 3)}${pick(JOINTS, 1)}${pick(LABELS, 2)}:${name}`;
  return { ...inDefault(`${pick(EXTENSIONS, 1)}${index}`, hint), provider: `CustomPresence:${name}` };
});

/** A desk phone; it shows null where Asterisk tells it nothing at all. */
async function phoneAt(sipPort: number, sample: Sample) {
  let shown: NotifiedPresence | null = null;
  const watcher = await watchPresence({
    sipPort,
    extension: encodeURIComponent(sample.exten),
    as: '1120',
    onNotify: (told) => {
      shown = told;
    },
  }).catch(() => null);
  const presence = () => shown && { state: shown.state, subtype: shown.subtype, message: shown.message };
  return { sample, presence, isTold: watcher !== null, stop: async () => watcher?.stop() };
}

await onEveryAsterisk((asterisk) => {
  let board: OpenBoard;

  beforeAll(async () => {
    await asterisk().reload(SAMPLES);
    const opened = await openGateway(asterisk());
    ({ board } = opened);
    return opened.close;
  });

  it('[LM5] [WR6] a subscribed telephone and the board agree, whatever the hint looks like', async () => {
    const { sipPort, setPresence } = asterisk();
    const phones = await Promise.all(SAMPLES.map((sample) => phoneAt(sipPort, sample)));
    const idOf = ({ exten, context }: Hint) => `${exten}@${context}`;
    /** By hint, what each telephone shows, and what the board shows of it. */
    const onPhones = () => phones.map(({ sample, presence }) => [sample.hint, presence() ?? NOT_SET]);
    const onBoard = () => SAMPLES.map((sample) => [sample.hint, board.row(idOf(sample)).presence ?? NOT_SET]);

    await Promise.all(
      SAMPLES.map(({ exten, provider }) =>
        setPresence(provider, { state: 'away', subtype: 'Lunch', message: exten }),
      ),
    );
    await vi.waitFor(
      () => {
        for (const { sample, isTold, presence } of phones)
          expect([sample.hint, presence()?.state]).toEqual([sample.hint, isTold ? 'away' : undefined]);
        expect(onBoard()).toEqual(onPhones());
      },
      { timeout: 10_000 },
    );

    const wanted = (exten: string) =>
      ({ state: 'dnd', subtype: 'Focus', message: `till two, ${exten}` }) as const;
    const replies = await Promise.all(SAMPLES.map((sample) => board.set(idOf(sample), wanted(sample.exten))));
    expect(phones.map(({ sample, isTold }) => [sample.hint, isTold])).toEqual(
      SAMPLES.map(({ hint }, index) => [hint, replies[index]?.ok]),
    );
    await vi.waitFor(
      () => {
        for (const { sample, isTold, presence } of phones)
          if (isTold) expect(presence()).toEqual(wanted(sample.exten));
        expect(onBoard()).toEqual(onPhones());
      },
      { timeout: 10_000 },
    );
    // Some of each kind, or it shows nothing.
    expect(new Set(phones.map(({ isTold }) => isTold))).toEqual(new Set([true, false]));
    await Promise.all(phones.map(async (phone) => phone.stop()));
  });
});
