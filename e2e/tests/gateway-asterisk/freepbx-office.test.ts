import type { Extension, Phone, PresenceState } from '@lampboard/protocol';
import { lampFromStatus, providerKey } from '@lampboard/model';
import { beforeAll, expect, it, vi } from 'vitest';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import type { RealAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import {
  OFFICE_FUNCTIONS,
  OFFICE_HINTS,
  OFFICE_PEOPLE,
  OFFICE_STATIC_PHONES,
  personHint,
  personName,
} from '../../testkit/pbx/freepbx-office.ts';
import { isPatternHint } from '../../testkit/pbx/pbx-under-test.ts';
import { openTestSite, startForSuite } from '../../testkit/site/test-site.ts';
import { watchPresence } from '../../testkit/sip/presence-watcher.ts';

const CHANGES = 1000;
const CHANGES_PER_ROUND = 100;
/** Milliseconds from a change to the board. */
const SOON_MS = 2000;
const INTERCOM_KEYS = ['*801103', '*801104', '*801105'];
const ON_STATES = ['BUSY', 'INUSE', 'RINGING', 'RINGINUSE', 'ONHOLD'];
const PHONE_LAMPS: Readonly<Record<string, Phone['lamp']>> = {
  NOT_INUSE: 'idle',
  INUSE: 'in-use',
  RINGING: 'ringing',
  UNAVAILABLE: 'unavailable',
  INVALID: 'unavailable',
};
const PRESENCE_STATES: readonly PresenceState[] = ['available', 'chat', 'away', 'xa', 'dnd', 'unavailable'];

/** Numbers below `limit`, the same for the same seed. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

/** Makes one random change as FreePBX's dialplan does. */
async function changeSomething(asterisk: RealAsterisk, random: (limit: number) => number): Promise<void> {
  const exten = OFFICE_PEOPLE[random(OFFICE_PEOPLE.length)] ?? '';
  const onOff = random(2) === 0 ? 'BUSY' : 'UNAVAILABLE';
  switch (random(6)) {
    case 0:
      return asterisk.setLamp(`Custom:DND${exten}`, onOff);
    case 1:
      return asterisk.setLamp(`Custom:CF${exten}`, onOff);
    case 2:
      return asterisk.setLamp(`Custom:FOLLOWME${exten}`, random(2) === 0 ? 'INUSE' : 'NOT_INUSE');
    case 3:
      return asterisk.setLamp(`Custom:DEVCF${exten}`, onOff);
    case 4:
      return asterisk.setLamp(`Custom:DAYNIGHT${random(10)}`, random(2) === 0 ? 'INUSE' : 'NOT_INUSE');
    default: {
      const state = PRESENCE_STATES[random(PRESENCE_STATES.length)] ?? 'away';
      return asterisk.setPresence(`CustomPresence:${exten}`, {
        state,
        subtype: '',
        message: `x${random(99)}`,
      });
    }
  }
}

/** Returns what Asterisk's lists say of each person and function, by id. */
async function readTruth(asterisk: RealAsterisk) {
  const [hints, presences, devices] = await Promise.all([
    asterisk.listExtensionStates(),
    asterisk.listPresenceStates(),
    asterisk.withSession(async (ami) => ami.list({ Action: 'DeviceStateList' })),
  ]);
  const states = new Map(
    devices.map(({ fields }) => [providerKey(fields['device'] ?? ''), fields['state'] ?? '']),
  );
  const stateOf = (device: string) => states.get(providerKey(device)) ?? 'UNKNOWN';
  const isOn = (...names: readonly string[]) => names.some((device) => ON_STATES.includes(stateOf(device)));
  const people = OFFICE_PEOPLE.map((exten) => {
    const phone = {
      lamp: PHONE_LAMPS[states.get(providerKey(`PJSIP/${exten}`)) ?? 'INVALID'] ?? null,
      dnd: isOn(`Custom:DND${exten}`, `Custom:DEVDND${exten}`),
      forwarded: isOn(`Custom:CF${exten}`, `Custom:DEVCF${exten}`),
      followMe: isOn(`Custom:FOLLOWME${exten}`),
    };
    const status = hints.get(`${exten}@ext-local`)?.status ?? -1;
    const presence = presences.get(`CustomPresence:${exten}`) ?? 'not_set';
    return [`${exten}@ext-local`, { lamp: lampFromStatus(status), presence, phone }] as const;
  });
  const switches = OFFICE_FUNCTIONS.switch.map((exten) => {
    const context = exten.startsWith('*28') ? 'app-daynight-toggle' : 'timeconditions-toggles';
    const id = `${exten}@${context}`;
    return [id, { lamp: lampFromStatus(hints.get(id)?.status ?? -1), presence: null, phone: null }] as const;
  });
  return new Map<string, object>([...people, ...switches]);
}

/** Returns the same of an extension on the board. */
function shown({ lamp, presence, phone }: Extension) {
  const features = phone && {
    lamp: phone.lamp,
    dnd: phone.dnd,
    forwarded: phone.forwarded ?? false,
    followMe: phone.followMe ?? false,
  };
  return { lamp, presence: presence?.state ?? null, phone: features ?? null };
}

await describeEachAsterisk(
  (asterisk) => {
    beforeAll(async () => {
      await asterisk().withSession(async (ami) => {
        for (const exten of OFFICE_PEOPLE) {
          const entry = { Family: `AMPUSER/${exten}`, Key: 'cidname', Val: personName(exten) };
          await ami.action({ Action: 'DBPut', ...entry });
        }
      });
    });

    const site = startForSuite(() => startGatewayWithClient(asterisk(), { user: 'names' }));
    const extensions = () => site().client.board().extensions;
    const ofKind = (kind: string) =>
      [...extensions().values()].filter((extension) => extension.kind === kind);
    const numbers = (kind: string) =>
      ofKind(kind)
        .map(({ exten }) => exten)
        .toSorted();

    it('[KN1] [KN2] has one entry for each person, and every function in its place', async () => {
      const listed = await asterisk().listExtensionStates();
      expect(listed.size).toBe(1508);
      expect(OFFICE_HINTS.filter((hint) => !isPatternHint(hint))).toHaveLength(1508);
      expect(numbers('person')).toEqual(OFFICE_PEOPLE);
      for (const [kind, expected] of Object.entries(OFFICE_FUNCTIONS))
        expect({ kind, numbers: numbers(kind) }).toEqual({ kind, numbers: expected.toSorted() });
      const functions = Object.values(OFFICE_FUNCTIONS).flat().length;
      expect(extensions().size).toBe(OFFICE_PEOPLE.length + functions);
      expect(extensions().get('71@park-hints')?.aliases).toEqual(['*8571@park-hints']);
    });

    it('[NM1] names everyone as FreePBX does', async () => {
      await site().client.waitUntil(
        'all names',
        () => ofKind('person').every(({ exten, person }) => person.name === personName(exten)),
        SOON_MS * 2,
      );
    });

    it('[KN3] [KN4] an intercom key that a phone subscribes to is no second person', async () => {
      const watchers = await Promise.all(
        INTERCOM_KEYS.map((extension) =>
          watchPresence({ sipPort: asterisk().sipPort, extension, as: '1101' }),
        ),
      );
      try {
        const listed = await asterisk().listExtensionStates();
        expect(INTERCOM_KEYS.map((key) => listed.get(`${key}@ext-local`)?.hint)).toEqual(
          INTERCOM_KEYS.map((key) => personHint(key.slice(3))),
        );
        await asterisk().setLamp('Custom:DND1103', 'BUSY');
        await site().client.waitUntil(
          'the intercom keys',
          (board) =>
            INTERCOM_KEYS.every((key) =>
              board.extensions.get(`${key.slice(3)}@ext-local`)?.aliases?.includes(`${key}@ext-local`),
            ),
          15_000,
        );
        expect(numbers('person')).toEqual(OFFICE_PEOPLE);
      } finally {
        await Promise.all(watchers.map(async (watcher) => watcher.stop()));
      }
    });

    it('[PF8] a call forward says where to, and follows each time it is switched on', async () => {
      const forwardTo = async (target: string) => {
        await asterisk().setLamp('Custom:CF1160', 'UNAVAILABLE');
        await asterisk().withSession(async (ami) =>
          ami.action({ Action: 'DBPut', Family: 'CF', Key: '1160', Val: target }),
        );
        await asterisk().setLamp('Custom:CF1160', 'BUSY');
        await site().client.waitUntil(
          target,
          (board) => board.extensions.get('1160@ext-local')?.phone?.forwardedTo === target,
        );
      };
      await forwardTo('1161');
      await forwardTo('00491701234567');
    });

    it('[DF1] [DF2] [DF3] presence follows do not disturb, also while the gateway was down', async () => {
      const provider = 'CustomPresence:1150';
      const available = { state: 'available', subtype: 'Room 3', message: 'Second floor' };
      const dnd = { ...available, state: 'dnd' };
      const switchDnd = (state: string) => asterisk().setLamp('Custom:DND1150', state);
      const isStored = (presence: typeof available) =>
        vi.waitFor(async () => expect(await asterisk().readPresence(provider)).toEqual(presence), 10_000);
      await asterisk().setPresence(provider, available);
      const env = { LAMPBOARD_PRESENCE_FOLLOWS_DND: 'true' };
      const { gateway, client } = await openTestSite(asterisk(), { user: 'names', env });
      await switchDnd('BUSY');
      await isStored(dnd);
      await switchDnd('UNAVAILABLE');
      await isStored(available);
      await gateway.kill();
      await switchDnd('BUSY');
      await gateway.start();
      await isStored(dnd);
      await client.waitUntilLive(10_000);
      const theirs = { state: 'away', subtype: '', message: 'Lunch' };
      await asterisk().setPresence(provider, theirs);
      await switchDnd('UNAVAILABLE');
      await client.waitUntil(
        'do not disturb to be off',
        ({ extensions }) => extensions.get('1150@ext-local')?.phone?.dnd === false,
      );
      await isStored(theirs);
    });

    it(`[PF1] [PF3] ${CHANGES} random changes are shown as Asterisk's device states have them`, async () => {
      const random = createRandom(13);
      for (let change = 0; change < CHANGES; change += CHANGES_PER_ROUND) {
        for (let index = 0; index < CHANGES_PER_ROUND; index += 1) await changeSomething(asterisk(), random);
        const truth = await readTruth(asterisk());
        const wrong = () =>
          [...truth].flatMap(([id, expected]) => {
            const extension = extensions().get(id);
            const actual = extension && shown(extension);
            return JSON.stringify(actual) === JSON.stringify(expected) ? [] : [{ id, actual, expected }];
          });
        await site()
          .client.waitUntil('the board to be right', () => wrong().length === 0, SOON_MS)
          .catch(() => expect(wrong()).toEqual([]));
      }
      expect(
        OFFICE_STATIC_PHONES.map((exten) => extensions().get(`${exten}@ext-local`)?.phone?.lamp),
      ).toEqual(OFFICE_STATIC_PHONES.map(() => 'idle'));
    }, 120_000);
  },
  { hints: OFFICE_HINTS, staticPhones: OFFICE_STATIC_PHONES },
);
