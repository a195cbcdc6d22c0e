import { setTimeout as delay } from 'node:timers/promises';
import { ANSWERING_CODE } from '../../testkit/asterisk/asterisk-config.ts';
import { type RealAsterisk, startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { startPhone } from '../../testkit/phones/start-phone.ts';
import { cpuMs } from '../../testkit/processes/proc-stats.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { watchPresence } from '../../testkit/sip/presence-watcher.ts';
import { callUnauthenticated } from '../../testkit/sip/unauthenticated-sip.ts';
import { median, medianAndP99, now } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';

const RELAY_EXTEN = '9000';
const CHANNELS = 500;
/** A call from outside to outside through the PBX, which Asterisk makes with itself. */
const CHANNELS_PER_CALL = 4;
/** One call ends and another one begins: eight channels. */
const CHANGE_INTERVAL_MS = 400;
const SETTLE_MS = 3000;
const PAUSE_MS = 500;

const CALLS_ON: NodeJS.ProcessEnv = {
  LAMPBOARD_CALLS: 'show',
  LAMPBOARD_CALLS_AMI_USERNAME: USERS.calls.username,
  LAMPBOARD_CALLS_AMI_SECRET: USERS.calls.secret,
};

/** Time from an INVITE to “rings, from” at a client, and the cost of many calls for a real Asterisk and the gateway. */
export async function measureCalls({ isSmoke }: Scale): Promise<Report> {
  const count = isSmoke ? 3 : 100;
  const channels = isSmoke ? 40 : CHANNELS;
  const ms = isSmoke ? 2000 : 15_000;
  return withResources(async (track) => {
    const asterisk = await track(startAsterisk({ release: '22' }));
    const ringing = await withResources((trackRun) => measureRinging(asterisk, trackRun, count));
    await startCalls(asterisk, channels);
    const off = await withResources((trackRun) => measureCpu(asterisk, trackRun, { env: {}, ms }));
    const show = await withResources((trackRun) => measureCpu(asterisk, trackRun, { env: CALLS_ON, ms }));
    return {
      tables: [
        {
          title: `${count} calls from outside: milliseconds from the caller's INVITE`,
          columns: ['', 'median', 'p99'],
          rows: [
            ["the telephone's NOTIFY", ...medianAndP99(ringing.map(({ notified }) => notified))],
            ['“rings, from” at a client', ...medianAndP99(ringing.map(({ shown }) => shown))],
          ],
        },
        {
          title: `${channels} channels, 20 of them changing each second`,
          columns: ['', 'Asterisk CPU %', 'gateway CPU %', 'calls on the board'],
          rows: [
            ['without calls', off.asterisk, off.gateway, off.calls],
            ['with calls', show.asterisk, show.gateway, show.calls],
          ],
        },
      ],
      targets: [
        target(
          '“rings, from” after the INVITE, median',
          median(ringing.map(({ shown }) => shown)),
          30,
          ' ms',
        ),
        target('calls, of one processor of Asterisk', show.asterisk - off.asterisk, 4, ' %'),
        target('calls, of one processor of the gateway', show.gateway - off.gateway, 5, ' %'),
      ],
    };
  });
}

async function openClient(asterisk: RealAsterisk, track: Track, env: NodeJS.ProcessEnv) {
  const gateway = await track(startGateway({ amiPort: asterisk.amiPort, env }));
  const client = await openBoardClient(gateway);
  await track(Promise.resolve({ stop: async () => client.stop() }));
  await client.waitUntil('the board', () => client.isLive());
  return { client, pid: gateway.child().pid };
}

/** Milliseconds from an INVITE to the NOTIFY at a telephone that watches the lamp, and to “rings, from” at a client. */
async function measureRinging(asterisk: RealAsterisk, track: Track, count: number) {
  const { sipPort } = asterisk;
  const notifiedAt: number[] = [];
  await track(
    watchPresence({
      sipPort,
      extension: '1103',
      as: '1101',
      onNotify({ note }) {
        if (note === 'Ringing') notifiedAt.push(now());
      },
    }),
  );
  const phone = await track(startPhone({ extension: '1103', sipPort }));
  const { client } = await openClient(asterisk, track, CALLS_ON);
  const delays: { notified: number; shown: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const callerId = String(4_930_000_000 + index);
    let invitedAt = Number.NaN;
    const onInvite = () => (invitedAt = now());
    const rings = new Promise<number>((resolve) => {
      client.socket.on('delta', function onDelta({ changes }) {
        const isRinging = changes.some(
          (change) =>
            change.table === 'calls' && change.op === 'put' && change.row.party?.number === callerId,
        );
        if (!isRinging) return;
        client.socket.off('delta', onDelta);
        resolve(now() - invitedAt);
      });
    });
    await callUnauthenticated({ sipPort, extension: '1103', callerId, onInvite });
    const shown = await rings;
    await phone.waitFor(['CALL_INCOMING']);
    const notified = (await waitUntil('the NOTIFY', async () => notifiedAt[index])) - invitedAt;
    delays.push({ notified, shown });
    await phone.hangup();
    await client.waitUntil('the end', () => client.board().calls.size === 0);
    // Calls of an office do not follow each other at once.
    await delay(PAUSE_MS);
  }
  return delays;
}

const outside = ({ sipPort }: RealAsterisk, exten: string) =>
  `PJSIP/anonymous/sip:${exten}@127.0.0.1:${sipPort}`;

const dial = (asterisk: RealAsterisk) => ({
  Action: 'Originate',
  Channel: outside(asterisk, RELAY_EXTEN),
  Application: 'Wait',
  Data: '3600',
  Async: 'true',
});

async function startCalls(asterisk: RealAsterisk, channels: number): Promise<void> {
  const extension = { Context: 'default', Extension: RELAY_EXTEN, Priority: '1' };
  await asterisk.withSession(async (ami) => {
    await ami.action({
      Action: 'DialplanExtensionAdd',
      ...extension,
      Application: 'Dial',
      ApplicationData: outside(asterisk, ANSWERING_CODE),
    });
    for (let calls = 0; calls < channels / CHANNELS_PER_CALL; calls += 1) {
      await ami.action(dial(asterisk));
      await delay(10);
    }
    await waitUntil(`${channels} channels`, async () => {
      const { length } = await ami.list({ Action: 'CoreShowChannels' });
      if (length < channels * 0.9) throw new Error(`there are ${length}`);
      return true;
    });
  });
}

/** Lets calls end and begin, and resolves to the share of one processor that each process takes. */
async function measureCpu(
  asterisk: RealAsterisk,
  track: Track,
  { env, ms }: { env: NodeJS.ProcessEnv; ms: number },
) {
  const { client, pid } = await openClient(asterisk, track, env);
  return asterisk.withSession(async (ami) => {
    let isOver = false;
    const changing = (async () => {
      while (!isOver) {
        const channels = await ami.list({ Action: 'CoreShowChannels' });
        const first = channels.find(({ fields }) => fields['application'] === 'Wait');
        if (first !== undefined)
          await ami.action({ Action: 'Hangup', Channel: first.fields['channel'] ?? '' });
        await ami.action(dial(asterisk));
        await delay(CHANGE_INTERVAL_MS);
      }
    })();
    await delay(SETTLE_MS);
    const usage = async () => ({
      timestamp: now(),
      asterisk: await cpuMs(asterisk.pid()),
      gateway: await cpuMs(pid),
    });
    const from = await usage();
    await delay(ms);
    const to = await usage();
    const calls = client.board().calls.size;
    isOver = true;
    await changing;
    const share = (name: 'asterisk' | 'gateway') =>
      ((to[name] - from[name]) / (to.timestamp - from.timestamp)) * 100;
    return { asterisk: share('asterisk'), gateway: share('gateway'), calls };
  });
}
