import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { describe, expect, it } from 'vitest';
import { describeEachAsterisk, describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { doctorSettings, runDoctor } from '../../testkit/gateway/run-doctor.ts';
import { type UserName, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { startForTest, startTestGateway } from '../../testkit/site/test-site.ts';

/** Leaves the doctor the processor. */
const CHANGE_INTERVAL_MS = 20;
const STATES = ['INUSE', 'RINGING', 'ONHOLD', 'BUSY', 'NOT_INUSE'];
/** Names in hints and caller IDs of the PBXs under test. */
const PEOPLE = /Grace|Hopper|Alice|Chen|Okafor/;

await describeEachPbx((pbx) => {
  describe('lampboard doctor', () => {
    const doctor = (user: UserName = 'lampboard', wait = 0) =>
      runDoctor({ settings: doctorSettings(pbx().amiPort, pbx().users[user]), wait });

    /** Changes two lamps, their devices and a presence until the doctor has ended; rarely twice to the same. */
    async function doctorDuringChanges(user: UserName) {
      const running = doctor(user, 3);
      let isEnded = false;
      void running.finally(() => (isEnded = true));
      for (let count = 0; !isEnded; count += 1) {
        await pbx().setLamp('Custom:lamp600', STATES[count % STATES.length] ?? '');
        await pbx().setLamp(
          'Custom:lamp2001',
          STATES[Math.floor(count / STATES.length) % STATES.length] ?? '',
        );
        await pbx().setPresence('CustomPresence:1103', {
          state: 'away',
          subtype: '',
          message: String(count),
        });
        await delay(CHANGE_INTERVAL_MS);
      }
      return running;
    }

    it('[DO5] finds no problem with the rights of README, and counts without names', async () => {
      const { code, ok, text, problems, lines } = await doctor();
      expect(problems).toEqual([]);
      expect([code, ok]).toEqual([0, true]);
      expect(text).not.toMatch(PEOPLE);
      expect(text).not.toContain(pbx().users.lampboard.secret);
      expect(lines('rights')).toEqual(['ok lists, reading and setting presence are allowed; write = call']);
      expect(lines('asterisk')[0]).toMatch(
        /^ok Asterisk (22|16)\.[\d.]+ at 127\.0\.0\.1:\d+ accepts the login$/,
      );
    });

    it('[DO10] counts hints by context, entries by kind, presences and names', async () => {
      await pbx().reload([
        ...standardHints(),
        { exten: '71', context: 'park-hints', hint: 'Park:71@parkedcalls' },
        { exten: '1120', context: 'default', hint: 'PJSIP/1120, CustomPresence:1120' },
      ]);
      try {
        const { lines, of } = await doctor();
        const [hints = '', ...warnings] = lines('hints');
        expect(hints).toMatch(
          /^ok 19 hints \(default: 17, park-hints: 1, sales: 1\) make 19 entries \(person: 18, parking: 1\), 17 with a presence; 0 are hidden$/,
        );
        expect(warnings).toEqual([
          expect.stringContaining(
            "warning the presence of 1 hint can't be set, such as that of 1120@default",
          ),
          expect.stringContaining(
            'warning the lamps of 1 parking hint never change, such as that of 71@park-hints',
          ),
        ]);
        expect(of('names')[0]).toMatchObject({
          level: 'warning',
          text: expect.stringContaining('have none'),
        });
      } finally {
        await pbx().reload(standardHints());
      }
    });

    it('[DO6] changes nothing in Asterisk', async () => {
      const state = async () => [await pbx().listExtensionStates(), await pbx().listPresenceStates()];
      const before = await state();
      await doctor();
      expect(await state()).toEqual(before);
    });

    it('[DO6] runs beside a gateway, which stays live', async () => {
      const gateway = await startTestGateway({ amiPort: pbx().amiPort });
      const settings = {
        ...doctorSettings(pbx().amiPort),
        LAMPBOARD_PORT: new URL(gateway.url).port,
        LAMPBOARD_DATA_DIR: gateway.dataFolder,
      };
      await expect
        .poll(async () => (await fetch(`${gateway.url}readyz`)).status, { timeout: 10_000 })
        .toBe(200);
      const { problems, lines } = await runDoctor({ settings });
      expect(problems).toEqual([]);
      expect(lines('port')).toEqual([
        expect.stringMatching(/^ok Lampboard \S+ runs at .*, and its board is live$/),
      ]);
      expect((await gateway.output()).match(/"msg":"live"/g)).toHaveLength(1);
      expect((await fetch(`${gateway.url}readyz`)).status).toBe(200);
    });

    it.each<[UserName, string]>([
      [
        'nolists',
        'Permission denied: the AMI user lacks a right, or a module is not loaded (missing here: write class `call`, for ExtensionStateList, PresenceStateList, DeviceStateList, Getvar, Setvar)',
      ],
      [
        'nosetvar',
        'Permission denied: the AMI user lacks a right, or a module is not loaded (missing here: write class `call`, for Setvar)',
      ],
    ])('[DO8] names what the AMI user %s lacks', async (user, text) => {
      const { code, problems } = await doctor(user);
      expect(code).toBe(1);
      expect(problems).toMatchObject([
        {
          check: 'rights',
          text,
          remedy: '`read = call,system`, `write = call`; `module show like res_manager_presencestate`',
        },
      ]);
    });

    it.each<[UserName, string]>([
      ['nosystem', 'without read class `system`'],
      ['filtering', 'the AMI user may do more than Lampboard needs: write = call,system'],
      ['control', 'the AMI user may do more than Lampboard needs: write = '],
    ])('[DO8] warns of what the AMI user %s has too little or too much of', async (user, text) => {
      const { code, of } = await doctor(user);
      expect(code).toBe(0);
      expect(of('rights').filter(({ level }) => level === 'warning')).toMatchObject([
        { text: expect.stringContaining(text) },
      ]);
    });

    it('[DO9] events that arrive are named', async () => {
      const { lines } = await doctorDuringChanges('lampboard');
      expect(lines('events')).toEqual([
        expect.stringMatching(
          /^ok ExtensionStatus, PresenceStateChange, DeviceStateChange arrived within \d seconds$/,
        ),
      ]);
      expect(lines('filter')).toEqual([expect.stringMatching(/^ok no event arrived within/)]);
    });

    it.each<[UserName, string]>([
      ['strict', 'a filter that drops lamps'],
      ['noevents', 'no read class `call`'],
    ])('[DO9] lamps that change without an event are a problem: %s, %s', async (user) => {
      const { code, problems } = await doctorDuringChanges(user);
      expect(code).toBe(1);
      expect(problems).toMatchObject([
        {
          check: 'events',
          text: 'Asterisk sends no events: lamps change in lists, but no event arrives',
          remedy: '`read = call,system`; an `eventfilter` that lets `ExtensionStatus` through',
        },
      ]);
    });

    it('[DO9] events that no one needs are a warning, as there is no filter', async () => {
      const { lines } = await doctorDuringChanges('nofilter');
      expect(lines('filter')).toEqual([
        expect.stringMatching(
          /^warning no `eventfilter` keeps away what Lampboard does not need \(.*PresenceStatus.*\)/,
        ),
      ]);
    });

    it('[DO9] where nothing changes it says that events are not proven', async () => {
      const { lines, code } = await doctor();
      expect([code, lines('events')]).toEqual([
        0,
        [
          expect.stringMatching(
            /^warning nothing changed in Asterisk within \d seconds?, so it is not known/,
          ),
        ],
      ]);
    });

    it('[DO7] a wrong secret, and an access list, are a refused login', async () => {
      for (const user of [{ ...pbx().users.lampboard, secret: 'wrong-4711' }, pbx().users.denied]) {
        const { code, problems, text } = await runDoctor({ settings: doctorSettings(pbx().amiPort, user) });
        expect(code).toBe(1);
        expect(problems).toMatchObject([
          { check: 'asterisk', text: expect.stringMatching(/^Login refused: wrong account, /) },
        ]);
        expect(text).not.toContain(user.secret);
      }
    });

    it('[DO7] an Asterisk that does not answer is told from one that is not there', async () => {
      pbx().pause();
      try {
        const { problems } = await doctor();
        expect(problems).toMatchObject([{ text: expect.stringMatching(/^Asterisk not responding: /) }]);
      } finally {
        pbx().resume();
      }
      const { problems } = await runDoctor({ settings: doctorSettings(await freePort()) });
      expect(problems).toMatchObject([
        {
          text: expect.stringMatching(
            /^Asterisk unreachable: nothing answers at that address and port \(127\.0\.0\.1:\d+, ECONNREFUSED\)$/,
          ),
        },
      ]);
    });

    it('[DO14] compares the clocks', async () => {
      const { lines } = await doctor();
      expect(lines('clock')[0]).toMatch(
        /^ok Asterisk's clock agrees with that of this machine; Asterisk's time zone is [+-]\d{4}$/,
      );
    });
  });
});

await describeEachAsterisk((asterisk) => {
  describe('lampboard doctor over TLS', () => {
    const doctor = (tls: NodeJS.ProcessEnv) =>
      runDoctor({
        settings: { ...doctorSettings(asterisk().amiTls.port), LAMPBOARD_AMI_TLS: 'true', ...tls },
      });
    const ca = () => ({ LAMPBOARD_AMI_TLS_CA: asterisk().amiTls.caFile });

    it('[DO7] says when the certificate of Asterisk ends', async () => {
      const { code, lines } = await doctor({ ...ca(), LAMPBOARD_AMI_TLS_SERVER_NAME: 'pbx.example' });
      expect([code, lines('asterisk')]).toEqual([
        0,
        [
          expect.stringContaining('accepts the login'),
          expect.stringMatching(/^warning its certificate expires in 1 day, on /),
        ],
      ]);
    });

    it('[DO7] says what is wrong with a certificate: its CA, or its name', async () => {
      const { path, stop } = await makeTempFolder();
      const strangers = join(path, 'ca.pem');
      await writeFile(strangers, createTestAuthority().ca);
      const unknown = await doctor({ LAMPBOARD_AMI_TLS_CA: strangers });
      await stop();
      expect(unknown.problems).toMatchObject([
        { text: expect.stringMatching(/^Certificate not trusted: .*, its CA is unknown\)$/) },
      ]);
      const other = await doctor({ ...ca(), LAMPBOARD_AMI_TLS_SERVER_NAME: 'other.example' });
      expect(other.problems).toMatchObject([
        { text: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID, it is for another name') },
      ]);
    });

    it('[DO6] leaves AstDB as it is', async () => {
      const before = await asterisk().showDatabase();
      await runDoctor({ settings: doctorSettings(asterisk().amiPort, asterisk().users.control) });
      expect(await asterisk().showDatabase()).toBe(before);
    });
  });
});

/** Something else that listens at an AMI port. */
async function listen(server: ReturnType<typeof createTcpServer>): Promise<number> {
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  await startForTest(Promise.resolve({ stop: () => server.close() }));
  return port;
}

it('[DO7] an expired certificate is named as such', async () => {
  const authority = createTestAuthority();
  const port = await listen(
    createTlsServer(authority.issueCertificate({ names: ['IP:127.0.0.1'], expired: true })),
  );
  const { path } = await startForTest(makeTempFolder());
  const file = join(path, 'ca.pem');
  await writeFile(file, authority.ca);
  const tls = { LAMPBOARD_AMI_TLS: 'true', LAMPBOARD_AMI_TLS_CA: file };
  const { problems } = await runDoctor({ settings: { ...doctorSettings(port), ...tls } });
  expect(problems).toMatchObject([
    {
      text: expect.stringContaining('CERT_HAS_EXPIRED, it has expired'),
      remedy: expect.stringContaining('renew it'),
    },
  ]);
});

it.each(['false', 'true'])(
  '[DO7] a connection that is closed before the login is told from a refused one, with TLS: %s',
  async (LAMPBOARD_AMI_TLS) => {
    const port = await listen(createTcpServer((socket) => socket.end('Asterisk Call Manager/11.0.0\r\n')));
    const { problems } = await runDoctor({ settings: { ...doctorSettings(port), LAMPBOARD_AMI_TLS } });
    expect(problems).toMatchObject([
      { text: expect.stringMatching(/^Connection closed: Asterisk closes the connection before the login/) },
    ]);
  },
);
