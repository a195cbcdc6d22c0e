import { NOT_SET } from '@lampboard/protocol';
import { expect, it, vi } from 'vitest';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { type Hint, inDefault } from '../../testkit/pbx/pbx-under-test.ts';
import type { NotifiedPresence } from '../../testkit/sip/parse-pidf.ts';
import { watchPresence } from '../../testkit/sip/presence-watcher.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const DEVICES = 'PJSIP/1103|pjsip/1104|SIP/1101|IAX2/1|DAHDI/1|Custom:x&PJSIP/1105| PJSIP/1|'.split('|');
const LABELS = ['CustomPresence', 'custompresence', 'CUSTOMPRESENCE'];
const NAMES = ['1103', 'ann-smith', 'Ann Smith', 'ann@corp', 'Zoë', "o'neil.x"];
const JOINTS = [',', ',', ' ,', ', ', '&', ',,'];
const SOON = { timeout: 10_000 };
const EXTENSIONS = ['3001', '30-02', 'bob@corp', 'ann.x'];

interface Sample extends Hint {
  /** As a dialplan spells it, independent of the hint. */
  readonly provider: string;
}

/** Deterministic combinations of all parts. */
const SAMPLES: readonly Sample[] = Array.from({ length: 36 }, (_, index) => {
  const pick = (from: readonly string[], step: number) =>
    from[(index * step + Math.floor(index / 7)) % from.length] ?? '';
  const name = `${pick(NAMES, 5)}${index}`;
  const hint = `${pick(DEVICES, 3)}${pick(JOINTS, 1)}${pick(LABELS, 2)}:${name}`;
  return { ...inDefault(`${pick(EXTENSIONS, 1)}${index}`, hint), provider: `CustomPresence:${name}` };
});

/** Subscribes a desk phone; its presence is null until Asterisk sends one. */
async function subscribePhone(sipPort: number, sample: Sample) {
  let latest: NotifiedPresence | null = null;
  const watcher = await watchPresence({
    sipPort,
    extension: encodeURIComponent(sample.exten),
    as: '1120',
    onNotify: (notification) => void (latest = notification),
  }).catch(() => null);
  const presence = () => latest && { state: latest.state, subtype: latest.subtype, message: latest.message };
  return { sample, presence, isSubscribed: watcher !== null, stop: async () => watcher?.stop() };
}

await describeEachAsterisk((asterisk) => {
  const site = startForSuite(async () => {
    await asterisk().reload(SAMPLES);
    return startGatewayWithClient(asterisk());
  });
  const client = () => site().client;

  it('[LM5] [WR6] a subscribed telephone and the board agree, whatever the hint looks like', async () => {
    const { sipPort, setPresence } = asterisk();
    const phones = await Promise.all(SAMPLES.map((sample) => subscribePhone(sipPort, sample)));
    const idOf = ({ exten, context }: Hint) => `${exten}@${context}`;
    const onPhones = () => phones.map(({ sample, presence }) => [sample.hint, presence() ?? NOT_SET]);
    const onBoard = () =>
      SAMPLES.map((sample) => [sample.hint, client().extension(idOf(sample)).presence ?? NOT_SET]);

    const lunch = { state: 'away', subtype: 'Lunch' };
    await Promise.all(
      SAMPLES.map(({ exten, provider }) => setPresence(provider, { ...lunch, message: exten })),
    );
    await vi.waitFor(() => {
      for (const { sample, isSubscribed, presence } of phones)
        expect([sample.hint, presence()?.state]).toEqual([sample.hint, isSubscribed ? 'away' : undefined]);
      expect(onBoard()).toEqual(onPhones());
    }, SOON);

    const expected = (exten: string) =>
      ({ state: 'dnd', subtype: 'Focus', message: `till two, ${exten}` }) as const;
    const replies = await Promise.all(
      SAMPLES.map((sample) => client().setPresence(idOf(sample), expected(sample.exten))),
    );
    expect(phones.map(({ sample, isSubscribed }) => [sample.hint, isSubscribed])).toEqual(
      SAMPLES.map(({ hint }, index) => [hint, replies[index]?.ok]),
    );
    await vi.waitFor(() => {
      for (const { sample, isSubscribed, presence } of phones)
        if (isSubscribed) expect(presence()).toEqual(expected(sample.exten));
      expect(onBoard()).toEqual(onPhones());
    }, SOON);
    // The samples include both kinds.
    expect(new Set(phones.map(({ isSubscribed }) => isSubscribed))).toEqual(new Set([true, false]));
    await Promise.all(phones.map(async (phone) => phone.stop()));
  });
});
