import { extensionId, ONLY_PBX } from '@lampboard/protocol';
import { type AmiEvent, type AmiResult, unescapeC } from '@lampboard/ami';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { byExtension, fromBase64, toBase64 } from '../../testkit/ami/ami-controls.ts';
import { type AmiBlock, connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { inDefault, isPatternHint, manyHints, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { type ClientUnderTest, startAmiClient } from './ami-client.ts';
import { LAMPS, PRESENCES } from './samples.ts';

/** Maximum delay between event, list and another session for one change. */
const SOON_MS = 2000;
const soon = async (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: SOON_MS });

function expectedHints(hints = standardHints()): Map<string, string> {
  const listed = hints.filter((hint) => !isPatternHint(hint));
  return new Map(listed.map(({ exten, context, hint }) => [extensionId(exten, context, ONLY_PBX), hint]));
}

await describeEachPbx((pbx) => {
  let board: ClientUnderTest;

  beforeAll(async () => {
    board = startAmiClient({ pbx: pbx() });
    await board.waitForState('live');
  });

  // Any response clears untrusted events of an earlier test, which would cause a resync.
  beforeEach(async () => void (await board.client.send({ Action: 'Ping' })));

  afterAll(async () => board.client.close());

  const listed = async (Action: 'ExtensionStateList' | 'PresenceStateList') =>
    unwrap(await board.client.list({ Action }));

  async function stored(provider: string, field: string): Promise<string> {
    const Variable = `PRESENCE_STATE(${provider},${field})`;
    return unwrap(await board.client.send({ Action: 'Getvar', Variable }))['value'] ?? '';
  }

  const queryExtension = async ({ client }: ClientUnderTest, Exten: string, Context = 'default') =>
    unwrap(await client.send({ Action: 'ExtensionState', Exten, Context }));

  const lamp = (extension: string, status: number) => (event: AmiEvent) =>
    event.name === 'ExtensionStatus' &&
    extensionId(event.fields['exten'] ?? '', event.fields['context'] ?? '', ONLY_PBX) === extension &&
    event.fields['status'] === String(status);

  describe('lists', () => {
    it('[AC1] hold every hint but the patterns, as it stands in the dialplan, with its state', async () => {
      const states = byExtension(await listed('ExtensionStateList'));
      expect(new Map([...states].map(([extension, { hint }]) => [extension, hint]))).toEqual(expectedHints());
      await soon(async () => {
        const truth = await pbx().listExtensionStates();
        expect(byExtension(await listed('ExtensionStateList'))).toEqual(truth);
      });
    });

    it('[AC1] hold every presence that was ever set', async () => {
      for (const name of ['Batman', '601', 'nobody'])
        await pbx().setPresence(`CustomPresence:${name}`, { state: 'chat', subtype: '', message: '' });
      await soon(async () => {
        const truth = await pbx().listPresenceStates();
        const list = await listed('PresenceStateList');
        const states = new Map(list.map(({ fields }) => [fields['presentity'], fields['status']]));
        expect(states).toEqual(truth);
        expect(states.get('CustomPresence:nobody')).toBe('chat');
      });
    });

    it('[AC1] hold all of five thousand more hints', async () => {
      const hints = [...standardHints(), ...manyHints(5_000)];
      await pbx().reload(hints);
      const states = byExtension(await listed('ExtensionStateList'));
      expect(states.size).toBe(expectedHints(hints).size);
      await pbx().reload(standardHints());
      expect((await listed('ExtensionStateList')).length).toBe(expectedHints().size);
    });
  });

  describe('lamps', () => {
    it.each(LAMPS)('[AC2] change live to $state', async ({ state, status, before }) => {
      await pbx().setLamp('Custom:lamp600', before);
      // Simultaneous changes may be merged, or dropped if they restore the state.
      await pbx().waitForLamp('600@default', before === 'INUSE' ? 1 : 0);
      await listed('ExtensionStateList');
      const from = board.events.length;
      await pbx().setLamp('Custom:lamp600', state);
      const event = await board.waitForEvent(lamp('600@default', status), from);
      expect(event.fields['hint']).toBe('Custom:lamp600,CustomPresence:Batman');
      await pbx().waitForLamp('600@default', status, SOON_MS);
    });

    it('[AC2] are told of one extension when asked, and -1 of one that there is not', async () => {
      await pbx().setLamp('Custom:lamp600', 'RINGING');
      await pbx().waitForLamp('600@default', 8);
      expect(await queryExtension(board, '600')).toEqual({
        response: 'Success',
        actionid: expect.any(String),
        message: 'Extension Status',
        exten: '600',
        context: 'default',
        hint: 'Custom:lamp600,CustomPresence:Batman',
        status: '8',
        statustext: 'Ringing',
      });
      const unknown = { response: 'Success', status: '-1' };
      expect(await queryExtension(board, '9999')).toMatchObject({ ...unknown, hint: '' });
      expect(await queryExtension(board, '600', 'nowhere')).toMatchObject(unknown);
    });

    it('[AC2] of another context are told apart', async () => {
      await pbx().setLamp('Custom:lamp2001', 'NOT_INUSE');
      const from = board.events.length;
      await pbx().setLamp('Custom:lamp2001', 'INUSE');
      await expect(board.waitForEvent(lamp('2001@sales', 1), from)).resolves.toBeDefined();
    });

    it('[AC2] of two devices follow the busier one', async () => {
      await pbx().setLamp('Custom:DND1114', 'NOT_INUSE');
      const from = board.events.length;
      await pbx().setLamp('Custom:DND1114', 'INUSE');
      await expect(board.waitForEvent(lamp('1114@default', 1), from)).resolves.toBeDefined();
      await pbx().setLamp('Custom:DND1114', 'RINGING');
      await expect(board.waitForEvent(lamp('1114@default', 8), from)).resolves.toBeDefined();
    });

    it('[AC2] always end on the last state of a burst', async () => {
      await pbx().withSession(async (ami) => {
        const states = Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? 'INUSE' : 'RINGING'));
        const setvar = { Action: 'Setvar', Variable: 'DEVICE_STATE(Custom:lamp600)' };
        await Promise.all([...states, 'ONHOLD'].map(async (Value) => ami.action({ ...setvar, Value })));
      });
      await board.waitUntil('the lamp on hold, and no event after it', () => {
        const last = board.events.findLast(({ fields }) => fields['exten'] === '600');
        return last !== undefined && lamp('600@default', 16)(last);
      });
      await pbx().waitForLamp('600@default', 16, SOON_MS);
    });
  });

  describe('presence', () => {
    it.each(PRESENCES)(
      '[AC3] $state with $what arrives in Asterisk byte for byte and comes back',
      async (expected) => {
        const { state, subtype, message } = expected;
        const from = board.events.length;
        const Variable = 'PRESENCE_STATE(CustomPresence:1101)';
        const Value = `${state},${toBase64(subtype)},${toBase64(message)},e`;
        expect(await board.client.send({ Action: 'Setvar', Variable, Value })).toMatchObject({ ok: true });
        // Before any read: a response that echoes text makes events untrusted for a moment.
        const event = await board.waitForEvent(
          ({ name, fields }) =>
            name === 'PresenceStateChange' && fields['presentity'] === 'CustomPresence:1101',
          from,
        );
        expect(await pbx().readPresence('CustomPresence:1101')).toEqual({ state, subtype, message });
        expect(await stored('CustomPresence:1101', 'value')).toBe(state);
        expect(fromBase64(await stored('CustomPresence:1101', 'subtype,e'))).toBe(subtype);
        expect(fromBase64(await stored('CustomPresence:1101', 'message,e'))).toBe(message);

        expect(event.fields['status']).toBe(state);
        for (const [field, text] of Object.entries({ subtype, message })) {
          const received = unescapeC(event.fields[field] ?? '').replace(/\uFFFD+$/, '');
          // Longer text is cut, even inside a character: the part before must match.
          expect(received).toBe(Buffer.byteLength(text) < 255 ? text : text.slice(0, received.length));
        }
      },
    );

    it('[AC3] set from outside comes as an event', async () => {
      const from = board.events.length;
      const trip = { subtype: 'Trip', message: 'Back on Monday' };
      await pbx().setPresence('CustomPresence:1102', { state: 'xa', ...trip });
      const isOf1102 = ({ fields }: AmiEvent) => fields['presentity'] === 'CustomPresence:1102';
      const event = await board.waitForEvent(isOf1102, from);
      expect(event.fields).toMatchObject({ status: 'xa', ...trip });
    });

    it('[AC3] set as a state alone clears subtype and message', async () => {
      const provider = 'CustomPresence:1103';
      await pbx().setPresence(provider, { state: 'away', subtype: 'Lunch', message: 'Till two' });
      const Variable = `PRESENCE_STATE(${provider})`;
      await board.client.send({ Action: 'Setvar', Variable, Value: 'available' });
      expect(await pbx().readPresence(provider)).toEqual({ state: 'available', subtype: '', message: '' });
    });

    it('[AC3] that was never set reads not_set', async () => {
      expect(await stored('CustomPresence:never-set', 'value')).toBe('not_set');
    });
  });

  describe('reload', () => {
    it('[AC4] tells a new hint by an event, and a removed one only by its absence', async () => {
      const hints = standardHints().filter(({ exten }) => exten !== '1112');
      const from = board.events.length;
      await pbx().reload([...hints, inDefault('1199', 'Custom:lamp1199,CustomPresence:1199')]);
      await board.waitForEvent(({ fields }) => fields['exten'] === '1199', from);
      const states = byExtension(await listed('ExtensionStateList'));
      expect(states.get('1199@default')?.hint).toBe('Custom:lamp1199,CustomPresence:1199');
      expect(states.has('1112@default')).toBe(false);
      expect(board.events.slice(from).filter(({ fields }) => fields['exten'] === '1112')).toEqual([]);
      await pbx().reload(standardHints());
      expect(byExtension(await listed('ExtensionStateList')).has('1112@default')).toBe(true);
    });
  });

  it('[LM5] reads the devices of a hint letter by letter, up to its last comma', async () => {
    await pbx().setLamp('Custom:letters', 'INUSE');
    const statuses = new Map([
      ['Custom:letters,CustomPresence:letters', 1],
      ['Custom:letters ,CustomPresence:letters', 0],
      ['Custom:unset& Custom:letters,CustomPresence:letters', 0],
      ['Custom:letters,x,CustomPresence:letters', 0],
      ['CustomPresence:letters', 4],
      [',CustomPresence:letters', 4],
    ]);
    const odd = [...statuses.keys()].map((hint, index) => inDefault(String(1180 + index), hint));
    await pbx().reload([...standardHints(), ...odd]);
    await soon(async () => {
      const states = byExtension(await listed('ExtensionStateList'));
      const found = odd.map(({ exten }) => states.get(`${exten}@default`));
      expect(new Map(found.map((state) => [state?.hint, state?.status]))).toEqual(statuses);
    });
    await pbx().reload(standardHints());
  });

  describe('AstDB', () => {
    const tree = (user: ClientUnderTest, Key: string) =>
      user.client.list({ Action: 'DBGetTree', Family: 'AMPUSER', Key });

    it('[AC9] lists the keys that match as SQL’s LIKE does, with their values, for class reporting', async () => {
      const names = startAmiClient({ pbx: pbx(), user: 'names' });
      await names.waitForState('live');
      await pbx().putDatabase('AMPUSER', '1101/cidname', 'Zoë "Zed" Young');
      await pbx().putDatabase('AMPUSER', '1101/password', 'secret');
      await pbx().putDatabase('AMPUSER', '1102/cidname', '');
      const entries = unwrap(await tree(names, '%/cidname'));
      expect(entries.map(({ name, fields: { key, val } }) => [name, key, val])).toEqual([
        ['DBGetTreeResponse', '/AMPUSER/1101/cidname', 'Zoë "Zed" Young'],
        ['DBGetTreeResponse', '/AMPUSER/1102/cidname', ''],
      ]);
      expect(unwrap(await tree(names, '%/none'))).toEqual([]);
      await names.client.close();
      expect(await tree(board, '%/cidname')).toMatchObject({ ok: false, code: 'permission-denied' });
    });

    async function forgeEntry(): Promise<void> {
      const forged = 'Event: DBGetTreeResponse\r\nKey: /AMPUSER/1102/cidname\r\nVal: Forged';
      await pbx().putDatabase('AMPUSER', '1101/cidname', `Zoë\r\n\r\n${forged}`);
      await pbx().putDatabase('AMPUSER', '1102/cidname', 'Josh');
    }

    it('[AC9] sends a value as it is, before the ActionID of its entry', async () => {
      await forgeEntry();
      const { username, secret } = pbx().users.names;
      const raw = await connectRawAmi({ port: pbx().amiPort, username, secret });
      const items = await raw.list({ Action: 'DBGetTree', Family: 'AMPUSER', Key: '%/cidname' });
      const value = (block: AmiBlock) => [block.fields['key'], block.fields['val']];
      expect(items.map(value)).toEqual([
        ['/AMPUSER/1102/cidname', 'Forged'],
        ['/AMPUSER/1102/cidname', 'Josh'],
      ]);
      raw.close();
    });

    it('[NM4] a value that forges another entry costs its own entry alone', async () => {
      await forgeEntry();
      const names = startAmiClient({ pbx: pbx(), user: 'names' });
      await names.waitForState('live');
      const entries = unwrap(await tree(names, '%/cidname'));
      expect(entries.map(({ fields: { key, val } }) => [key, val])).toEqual([
        ['/AMPUSER/1102/cidname', 'Josh'],
      ]);
      await names.client.close();
    });
  });

  describe('a presence message that holds an event', () => {
    const forged = [
      'Event: ExtensionStatus',
      'Privilege: call,all',
      'Exten: 1104',
      'Context: default',
      'Hint: PJSIP/1104,CustomPresence:1104',
      'Status: 8',
      'StatusText: Ringing',
    ].join('\r\n');
    const message = `Lunch\r\n\r\n${forged}\r\n\r\n`;
    const presence = (subtype: string) => ({ state: 'away', subtype, message });

    it('[AC5] reads like a true event on the wire where nothing filters', async () => {
      const { username, secret } = pbx().users.nofilter;
      const raw = await connectRawAmi({ port: pbx().amiPort, username, secret });
      await pbx().setPresence('CustomPresence:1104', presence('wire'));
      const isForged = (block: AmiBlock) =>
        block.name === 'ExtensionStatus' && block.fields['exten'] === '1104';
      expect((await raw.waitFor(isForged)).fields['status']).toBe('8');
      raw.close();
    });

    it.each(['lampboard', 'filtering', 'nofilter', 'nosystem'] as const)(
      '[AC5] is not believed (as %s)',
      async (user) => {
        const watcher = startAmiClient({ pbx: pbx(), user });
        await watcher.waitForState('live');
        await pbx().setPresence('CustomPresence:1104', presence(user));
        await pbx().setLamp('Custom:lamp600', 'NOT_INUSE');
        await pbx().waitForLamp('600@default', 0);
        await pbx().setLamp('Custom:lamp600', 'BUSY');
        // Either the true event is trusted, or it names the extension to query.
        await watcher.waitUntil(
          'the event after the forged one, or its doubt',
          () =>
            watcher.untrusted.some(({ fields }) => fields['exten'] === '600') ||
            watcher.events.some(lamp('600@default', 2)),
        );
        await soon(async () => expect(await queryExtension(watcher, '600')).toMatchObject({ status: '2' }));
        expect(watcher.events.filter(lamp('1104@default', 8))).toEqual([]);
        await watcher.client.close();
      },
    );
  });
});

function unwrap<T>(result: AmiResult<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
