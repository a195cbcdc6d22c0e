import { extensionId, ONLY_PBX } from '@lampboard/protocol';
import { suggestColleague, isOnCall, isReachable, isRinging } from '@lampboard/model';
import { beforeAll, expect, it, vi } from 'vitest';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { inDefault } from '../../testkit/pbx/pbx-under-test.ts';
import { providePhones, startPhone } from '../../testkit/phones/start-phone.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { unwrapReply } from '../../testkit/gateway/http-client.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

/**
 * As FreePBX writes them: people with do not disturb, a colleague on a call, and hints that are no people.
 */
const person = (exten: string) =>
  inDefault(exten, `PJSIP/${exten}&Custom:DND${exten},CustomPresence:${exten}`);
const PEOPLE = [person('1101'), person('1102')];
/** Querying all of them takes a minute. */
const CROWD = Array.from({ length: 400 }, (_, index) => person(String(3000 + index)));
const COLLEAGUE = inDefault('1103', 'PJSIP/1103,CustomPresence:1103');
const OTHERS = [
  inDefault('71', 'park:71@parkedcalls'),
  inDefault('8000', 'confbridge:8000'),
  inDefault('*1101', 'MWI:1101@default'),
  inDefault('*280', 'Custom:DAYNIGHT0'),
  inDefault('900', 'Custom:door'),
  inDefault('1199', ',CustomPresence:1199'),
];
const CODES = [
  inDefault('*801103', COLLEAGUE.hint),
  inDefault('*761101', 'Custom:DEVDND1101'),
  inDefault('*961101', 'Custom:DEVCF1101'),
  inDefault('*4520*999', 'Custom:QUEUE20*999'),
  inDefault('*4620*999', 'Queue:20_pause_Local/999@from-queue/n'),
];
const SOON = { timeout: 10_000 };

const phones = providePhones();
const skipped = 'missing' in phones && process.env['CI'] !== 'true';

await describeEachAsterisk((asterisk) => {
  beforeAll(async () => {
    await asterisk().reload([...PEOPLE, ...CROWD, COLLEAGUE, ...OTHERS, ...CODES]);
    const available = { state: 'available', subtype: '', message: '' } as const;
    await asterisk().setPresence('CustomPresence:1102', available);
    await asterisk().setPresence('CustomPresence:1103', available);
  });

  const site = startForSuite(() => startGatewayWithClient(asterisk()));
  const client = () => site().client;
  const extension = (exten: string) => client().extension(`${exten}@default`);
  const idsThat = (is: typeof isReachable) =>
    [...client().board().extensions.values()]
      .filter(is)
      .map(({ exten }) => exten)
      .toSorted();

  it.each([
    ['set to NOT_INUSE', 'NOT_INUSE', 'idle'],
    ['on', 'BUSY', 'busy'],
  ])(
    '[SN6] beside do not disturb that is %s an unregistered telephone is not hidden',
    async (_, state, lamp) => {
      await asterisk().setLamp('Custom:DND1101', state);
      await client().waitUntil(lamp, () => extension('1101').lamp === lamp, SOON.timeout);
      const phone = { lamp: 'unavailable', dnd: state === 'BUSY' };
      await vi.waitFor(() => expect(extension('1101').phone).toEqual(phone), SOON);
      expect(idsThat(isReachable)).toEqual([]);
      expect(idsThat(isOnCall)).toEqual([]);
    },
  );

  it.each(['NOT_INUSE', 'INUSE', 'BUSY', 'RINGING', 'ONHOLD'])(
    '[SN7] what is no telephone is never counted, nor suggested, when it says %s',
    async (state) => {
      const customs = OTHERS.map(({ hint }) => hint).filter((hint) => hint.startsWith('Custom:'));
      await Promise.all(customs.map((device) => asterisk().setLamp(device, state)));
      const ids = OTHERS.map(({ exten, context }) => extensionId(exten, context, ONLY_PBX));
      await vi.waitFor(async () => {
        const truth = await asterisk().listExtensionStates();
        expect(truth.get('*280@default')?.status).not.toBe(4);
        expect(extension('*280').lamp).toBe(
          { NOT_INUSE: 'idle', INUSE: 'in-use', BUSY: 'busy', RINGING: 'ringing', ONHOLD: 'on-hold' }[state],
        );
      }, SOON);
      for (const id of ids) {
        const other = client().extension(id);
        expect({ id, phone: other.phone }).toEqual({ id, phone: null });
        expect([isReachable(other), isOnCall(other), isRinging(other)], id).toEqual([false, false, false]);
      }
      expect(suggestColleague(extension('1101'), client().board().extensions.values())).toBeNull();
    },
  );

  it('[KN1] [KN2] [KN3] each entry has its kind and all its numbers, and feature codes are none', () => {
    const kinds = OTHERS.map(({ exten }) => extension(exten).kind);
    expect(kinds).toEqual(['parking', 'conference', 'mailbox', 'switch', 'other', 'person']);
    expect(extension('1103').aliases).toEqual(['*801103@default']);
    const shown = [...client().board().extensions.values()].map(({ exten }) => exten);
    expect(CODES.filter(({ exten }) => shown.includes(exten))).toEqual([]);
  });

  it.skipIf(skipped)(
    '[SN6] a telephone that comes and goes among four hundred is shown so at once',
    async () => {
      await asterisk().setLamp('Custom:DND1102', 'NOT_INUSE');
      const hasLamp = (lamp: string) =>
        vi.waitFor(() => expect(extension('1102').phone?.lamp).toBe(lamp), { timeout: 2000 });
      const phone = await startPhone({ extension: '1102', sipPort: asterisk().sipPort });
      try {
        await hasLamp('idle');
      } finally {
        await phone.stop();
      }
      await hasLamp('unavailable');
      expect(extension('1102').lamp).toBe('idle');
    },
  );

  it.skipIf(skipped)('[SN5] do not disturb is no call, neither on the board nor in the history', async () => {
    await asterisk().setLamp('Custom:DND1102', 'UNAVAILABLE');
    const phone = await startPhone({ extension: '1102', sipPort: asterisk().sipPort });
    const caller = await startPhone({ extension: '1103', sipPort: asterisk().sipPort });
    try {
      await vi.waitFor(() => expect(idsThat(isReachable)).toEqual(['1102', '1103']), SOON);
      await asterisk().setLamp('Custom:DND1102', 'BUSY');
      await vi.waitFor(() => {
        expect(extension('1102')).toMatchObject({ lamp: 'busy', phone: { lamp: 'idle', dnd: true } });
        expect(idsThat(isReachable)).toEqual(['1103']);
        expect(idsThat(isOnCall)).toEqual([]);
      }, SOON);
      await phone.dial('1103');
      await caller.waitFor(['CALL_INCOMING']);
      await caller.accept();
      await vi.waitFor(() => {
        expect(extension('1102')).toMatchObject({ lamp: 'busy', phone: { lamp: 'in-use', dnd: true } });
        expect(idsThat(isOnCall)).toEqual(['1102', '1103']);
      }, SOON);
      await phone.hangup();
      await vi.waitFor(() => expect(extension('1102').phone).toEqual({ lamp: 'idle', dnd: true }), SOON);
    } finally {
      await Promise.all([phone.stop(), caller.stop()]);
    }
    await vi.waitFor(() => expect(extension('1102').phone).toMatchObject({ lamp: 'unavailable' }), SOON);
    const { entries } = unwrapReply(await client().command('list-history', { id: '1102@default' }));
    expect(entries.map(({ lamp }) => lamp)).not.toContain('busy');
  });
});
