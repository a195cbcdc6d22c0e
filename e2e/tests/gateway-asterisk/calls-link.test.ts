import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Call } from '@lampboard/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAmiControls } from '../../testkit/ami/ami-controls.ts';
import { ANSWERING_CODE } from '../../testkit/asterisk/asterisk-config.ts';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { doctorSettings, runDoctor } from '../../testkit/gateway/run-doctor.ts';
import { startTcpProxy } from '../../testkit/network/tcp-proxy.ts';
import { type UserName, USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { type Phone, providePhones, startPhone } from '../../testkit/phones/start-phone.ts';
import { repoPath } from '../../testkit/processes/repo-path.ts';
import { openTestSite, startForTest } from '../../testkit/site/test-site.ts';
import { callUnauthenticated } from '../../testkit/sip/unauthenticated-sip.ts';

const phones = providePhones();
const skipped = 'missing' in phones && process.env['CI'] !== 'true';
if (skipped)
  process.stderr.write(`\n!!! SKIPPED: every call between real phones: ${JSON.stringify(phones)}\n\n`);

/** Settings that show calls, read as this AMI user. */
const showing = (user: UserName): NodeJS.ProcessEnv => ({
  LAMPBOARD_CALLS: 'show',
  LAMPBOARD_CALLS_AMI_USERNAME: USERS[user].username,
  LAMPBOARD_CALLS_AMI_SECRET: USERS[user].secret,
});

const nameOf = (id: string) => id.replace('@default', '');

/** Calls as `1104 talking 1102`: whose, what, with whom. */
const callsOf = (client: BoardClient): string[] =>
  [...client.board().calls.values()]
    .map(({ extensions, self, state, party }: Call) => {
      const owner = extensions.map(nameOf).join('+') || `(${self?.withheld ? 'withheld' : self?.number})`;
      return `${owner} ${state} ${nameOf(party?.extension ?? party?.number ?? '-')}`;
    })
    .toSorted();

const waitForCalls = (client: BoardClient, ...expected: string[]) =>
  client.waitUntil(`the calls ${expected.join(', ')}`, () => {
    const found = callsOf(client);
    if (!isDeepStrictEqual(found, expected.toSorted())) throw new Error(`there are ${found.join(', ')}`);
    return true;
  });

const warningsIn = (log: string) => log.split('\n').filter((line) => /"level":[45]0/.test(line));

const callsLinkOf = (client: BoardClient) => [...client.board().pbxs.values()][0]?.callsLink;

it('[CL10] the AMI users of the tests are those that README names', () => {
  const readme = readFileSync(repoPath('README.md'), 'utf8');
  for (const [section, user] of [
    ['lampboard', USERS.lampboard],
    ['lampboard-calls', USERS.calls],
  ] as const) {
    const [, text = ''] = readme.split(`\n[${section}]\n`);
    const lines = (text.split('\n```')[0] ?? '').split('\n').map((line) => line.replace(/\s*;.*/, ''));
    const valuesOf = (name: string) =>
      lines.filter((line) => line.startsWith(`${name} = `)).map((line) => line.slice(name.length + 3));
    expect(valuesOf('read')).toEqual([user.read.join()]);
    expect(valuesOf('write')).toEqual([user.write.join()]);
    expect(valuesOf('eventfilter')).toEqual(user.eventfilter);
  }
});

await describeEachAsterisk((asterisk) => {
  const openSite = (user: UserName) => openTestSite(asterisk(), { env: showing(user) });

  describe.skipIf(skipped)('calls between real phones', () => {
    let alice: Phone;
    let bruno: Phone;
    let chloe: Phone;

    beforeAll(async () => {
      const { sipPort } = asterisk();
      const start = (extension: string) => startPhone({ extension, sipPort });
      [alice, bruno, chloe] = await Promise.all([start('1104'), start('1102'), start('1103')]);
    });
    afterEach(() => asterisk().freeFunctions());
    afterAll(() => Promise.all([alice, bruno, chloe].map((phone) => phone?.stop())));

    const USERS_OF_CALLS = ['calls', 'callsUnfiltered', 'callsReporting', 'callsNoEvents'] as const;

    it.each(USERS_OF_CALLS)('[CL3] [CL6] [CL10] shows a call from ring to hang-up (as %s)', async (user) => {
      const { gateway, client } = await openSite(user);
      await client.waitUntil('the link for calls', () => callsLinkOf(client)?.state === 'live');
      await alice.dial('1102');
      await bruno.waitFor(['CALL_INCOMING']);
      await waitForCalls(client, '1104 dialling 1102', '1102 ringing 1104');
      const answeredAt = Date.now();
      await bruno.accept();
      await waitForCalls(client, '1104 talking 1102', '1102 talking 1104');
      await client.waitUntil('the time of the answer', () =>
        [...client.board().calls.values()].every(
          ({ since, sinceAtLeast }) => !sinceAtLeast && Math.abs((since ?? 0) - answeredAt) < 1000,
        ),
      );
      await alice.hold();
      await waitForCalls(client, '1104 holding 1102', '1102 held 1104');
      await alice.resume();
      await waitForCalls(client, '1104 talking 1102', '1102 talking 1104');
      await alice.hangup();
      await waitForCalls(client);
      expect(warningsIn(await gateway.output())).toEqual([]);
    });

    it('[CL3] a call that is older than the gateway has its true duration', async () => {
      await alice.dial('1102');
      await bruno.waitFor(['CALL_INCOMING']);
      await bruno.accept();
      await alice.waitFor(['CALL_ESTABLISHED']);
      const answeredAt = Date.now();
      const { client } = await openSite('calls');
      await waitForCalls(client, '1104 talking 1102', '1102 talking 1104');
      for (const { since, sinceAtLeast } of client.board().calls.values()) {
        expect(Math.abs((since ?? 0) - answeredAt)).toBeLessThan(500);
        expect(sinceAtLeast).toBeUndefined();
      }
      await alice.hangup();
      await waitForCalls(client);
    });

    it.each(['calls', 'callsUnfiltered'] as const)(
      '[CL4] a stranger that forges items, ends and lamps changes no other call (as %s)',
      async (user) => {
        const { client } = await openSite(user);
        await client.waitUntil('the link for calls', () => callsLinkOf(client)?.state === 'live');
        await alice.dial('1102');
        await bruno.waitFor(['CALL_INCOMING']);
        await bruno.accept();
        const talk = ['1104 talking 1102', '1102 talking 1104'];
        await waitForCalls(client, ...talk);
        const known = new Map(client.board().calls);
        const others = new Set<string>();
        client.socket.on('delta', ({ changes }) => {
          for (const change of changes)
            if (change.table === 'calls' && known.has(change.op === 'put' ? change.row.id : change.id))
              others.add(JSON.stringify(change));
        });
        const lamps = new Set<string>();
        client.socket.on('delta', () => lamps.add(client.extension('1105@default').lamp));
        for (const forged of [
          'Event: CoreShowChannel\r\nChannel: PJSIP/1102-00000001',
          'Event: CoreShowChannelsComplete\r\nEventList: Complete',
          'Event: ParkedCallsComplete\r\nEventList: Complete',
          'Response: Error\r\nMessage: Permission denied',
          'Event: ExtensionStatus\r\nExten: 1105\r\nStatus: 8',
        ]) {
          const callerId = `77\r\n\r\n${forged}`;
          await callUnauthenticated({ sipPort: asterisk().sipPort, extension: '1103', callerId });
          await chloe.waitFor(['CALL_INCOMING']);
          await client.waitUntil('the call of the stranger', () =>
            callsOf(client).some((call) => call.startsWith('1103 ringing 77')),
          );
          expect(callsOf(client)).toEqual(expect.arrayContaining(talk));
          await chloe.hangup();
          await waitForCalls(client, ...talk);
        }
        expect([...others]).toEqual([]);
        expect(lamps).not.toContain('ringing');
        await alice.hangup();
        await waitForCalls(client);
      },
    );

    it('[CL11] README’s AMI user of control places, moves and ends calls; that of calls places none', async () => {
      const { client } = await openSite('callsControl');
      const to = (Exten: string) => ({ Context: 'default', Exten, Priority: '1' });
      const originate = { Action: 'Originate', Channel: 'PJSIP/1104', ...to('1102'), Async: 'true' };
      const sessionOf = (user: UserName) =>
        createAmiControls({ port: asterisk().amiPort, user: USERS[user] }).withSession;
      const rejected = await sessionOf('calls')((ami) => ami.action(originate));
      expect(rejected.fields['message']).toBe('Permission denied');
      await sessionOf('callsControl')(async (ami) => {
        const act = async (Action: string, fields: Record<string, string>) => {
          const { name, fields: reply } = await ami.action({ Action, ...fields });
          expect([Action, name, reply['message']]).toEqual([Action, 'Success', expect.any(String)]);
        };
        const channelOf = async (exten: string) => {
          const channels = (await ami.list({ Action: 'CoreShowChannels' })).map(
            ({ fields }) => fields['channel'],
          );
          return { Channel: channels.find((name) => name?.startsWith(`PJSIP/${exten}-`)) ?? '' };
        };
        await act('Originate', originate);
        await alice.answer();
        await bruno.answer();
        await waitForCalls(client, '1104 talking 1102', '1102 talking 1104');
        await act('BlindTransfer', { ...(await channelOf('1102')), Context: 'default', Exten: '1103' });
        await chloe.answer();
        await waitForCalls(client, '1104 talking 1103', '1103 talking 1104');
        await act('Redirect', { ...(await channelOf('1104')), ...to('1102') });
        await bruno.answer();
        await waitForCalls(client, '1104 talking 1102', '1102 talking 1104');
        await act('Hangup', await channelOf('1104'));
        await waitForCalls(client);
      });
    });

    it('[CL9] keeps calls while the link is cut, and drops those that ended meanwhile', async () => {
      const { client } = await openSite('calls');
      await alice.dial('1102');
      await bruno.waitFor(['CALL_INCOMING']);
      await waitForCalls(client, '1104 dialling 1102', '1102 ringing 1104');
      asterisk().pause();
      await client.waitUntil('the loss', () => callsLinkOf(client)?.state === 'down');
      expect(callsOf(client)).toEqual(['1102 ringing 1104', '1104 dialling 1102']);
      asterisk().resume();
      await client.waitUntil('the link for calls', () => callsLinkOf(client)?.state === 'live');
      await waitForCalls(client, '1104 dialling 1102', '1102 ringing 1104');
      await asterisk().kill();
      await client.waitUntil('the loss', () => callsLinkOf(client)?.state === 'down');
      expect(callsOf(client)).toEqual(['1102 ringing 1104', '1104 dialling 1102']);
      await asterisk().start();
      await waitForCalls(client);
      await alice.hangup();
    });
  });

  it('[CL9] a user that may not list channels leaves the board live', async () => {
    const { client } = await openSite('lampboard');
    await client.waitUntil('the reason', () => {
      const link = callsLinkOf(client);
      return link?.state === 'down' && link.reason === 'permission-denied';
    });
    expect(client.isLive()).toBe(true);
  });

  it.each<[UserName, string, readonly string[]]>([
    ['calls', 'show', ['ok 0 channels can be listed']],
    [
      'calls',
      'control',
      [
        'ok 0 channels can be listed',
        'warning LAMPBOARD_CALLS is control, but lampboard-calls lacks rights for Originate What to do: `write = call,reporting,originate`',
      ],
    ],
    ['callsControl', 'control', ['ok 0 channels can be listed']],
    [
      'callsReporting',
      'control',
      [
        'ok 0 channels can be listed',
        'warning parked calls are shown without their slots What to do: `write = call,reporting`',
        'warning LAMPBOARD_CALLS is control, but callsReporting lacks rights for Originate, Redirect, BlindTransfer, Park, Hangup What to do: `write = call,reporting,originate`',
      ],
    ],
    [
      'callsReporting',
      'show',
      [
        'ok 0 channels can be listed',
        'warning parked calls are shown without their slots What to do: `write = call,reporting`',
      ],
    ],
    [
      'lampboard',
      'show',
      [
        'problem Permission denied: the AMI user of calls may not list channels (as lampboard) What to do: `read = call,system`, `write = call,reporting` for it; `LAMPBOARD_CALLS_AMI_USERNAME`',
      ],
    ],
    ['denied', 'show', [expect.stringContaining('problem Login refused: wrong account')]],
  ])('[CL11] doctor names what %s may not do, where calls are on: %s', async (user, mode, expected) => {
    const settings = { ...doctorSettings(asterisk().amiPort), ...showing(user), LAMPBOARD_CALLS: mode };
    const { of } = await runDoctor({ settings });
    const lines = of('calls').map(
      ({ level, text, remedy }) => `${level} ${text}${remedy === null ? '' : ` What to do: ${remedy}`}`,
    );
    expect(lines).toEqual(expected);
  });

  it('[CL12] the metrics count lists, signals, channels and malformed items', async () => {
    const { gateway, client } = await openSite('calls');
    await client.waitUntil('the link for calls', () => callsLinkOf(client)?.state === 'live');
    await callUnauthenticated({
      sipPort: asterisk().sipPort,
      extension: ANSWERING_CODE,
      callerId: '77\r\n\r\nEvent: Hangup',
    });
    await client.waitUntil('the call', () => client.board().calls.size === 1);
    const metrics = await (await fetch(`${gateway.url}metrics`)).text();
    const valueOf = (name: string) =>
      Number(new RegExp(`^lampboard_calls_${name} (\\d+)`, 'm').exec(metrics)?.[1]);
    expect(
      valueOf('list_duration_seconds_count{result="ok"}'.replaceAll(/[{}"]/g, String.raw`\$&`)),
    ).toBeGreaterThan(1);
    expect(valueOf('signals_total')).toBeGreaterThan(0);
    expect(valueOf('channels')).toBe(1);
    expect(valueOf('malformed_channels_total')).toBeGreaterThan(0);
    await asterisk().freeFunctions();
  });

  it('[CL10] without calls there is one session, and with them that one is the same to the byte', async () => {
    const sessionsWith = async (env: NodeJS.ProcessEnv) => {
      const sessions: Buffer[][] = [];
      const { port } = await startForTest(
        startTcpProxy(asterisk().amiPort, (client, upstream) => {
          const sent: Buffer[] = [];
          sessions.push(sent);
          client.on('data', (bytes: Buffer) => sent.push(bytes));
          for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
          client.pipe(upstream).pipe(client);
        }),
      );
      const { client } = await openTestSite({ amiPort: port, users: USERS }, { env });
      await client.waitUntil('the board', () => client.isLive());
      const actions = sessions.map((sent) =>
        Buffer.concat(sent)
          .toString('utf8')
          .replaceAll(/actionid: .*\r\n/gi, '')
          .split('\r\n\r\n'),
      );
      return actions;
    };
    /** The bytes that a session sends until the first list; after that it probes at random. */
    const start = (actions: readonly string[]) =>
      actions.slice(0, actions.findLastIndex((action) => /StateList/.test(action)) + 1);
    const [board, ...others] = await sessionsWith({});
    expect(others).toEqual([]);
    const withCalls = await sessionsWith(showing('calls'));
    expect(withCalls).toHaveLength(2);
    const same = withCalls.find((actions) => actions[0]?.includes(USERS.lampboard.secret)) ?? [];
    expect(start(same)).toEqual(start(board ?? []));
    expect(board?.join()).not.toMatch(/channel|parked|cdr/i);
  });
});
