import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { type DemoPbx, type Line, createRandom, startDemoPbx } from '@lampboard/demo-pbx';
import { type OthersCalls, numberIndexOf, visibleCall } from '@lampboard/model';
import { type AccountSettings, type Limits, NO_LIMITS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { createLeakOracle, createTokens, tokensIn } from '../../testkit/limits/leak-oracle.ts';
import { recordWebSocket } from '../../testkit/limits/recorders.ts';
import { USERS, inDefault } from '../../testkit/pbx/pbx-under-test.ts';
import { openTestClient, startForTest, startTestGateway } from '../../testkit/site/test-site.ts';

/** Duration; minutes are for releases. */
const LIFE_MS = Number(process.env['TEST_LIMITS_SECONDS'] ?? 8) * 1000;
/** As long as nothing happened that somebody may see. */
const MAX_EXTRA_MS = 30_000;
const ACTION_INTERVAL_MS = 60;
const MAX_CHANNELS = 24;

const SALES = { ...NO_LIMITS, departments: ['zdept1q'] };
const PHONES = ['1101', '1102', '1103', '1104', '1105', '1106'];
const QUEUE = '800';
/** People by department; the queue has that of the first. */
const IN_SALES = ['1101', '1102', QUEUE];

interface Viewer {
  readonly settings: Pick<AccountSettings, 'role' | 'extensions'> & { readonly limits: Limits | null };
  readonly others: OthersCalls;
}

const ASSIGNED = '1104@default';
const viewersWith = (others: OthersCalls) =>
  ({
    receptionist: { settings: { role: 'receptionist', extensions: [], limits: SALES }, others: 'full' },
    user: { settings: { role: 'user', extensions: [ASSIGNED], limits: null }, others },
    phoneless: { settings: { role: 'user', extensions: [], limits: null }, others },
    limited: { settings: { role: 'user', extensions: [ASSIGNED], limits: SALES }, others },
  }) satisfies Record<string, Viewer>;

async function startPbx(name: (exten: string) => string) {
  const hints = [
    ...PHONES.map((exten) => ({
      ...inDefault(exten, `PJSIP/${exten},CustomPresence:${exten}`),
      name: name(exten),
    })),
    inDefault(QUEUE, `Queue:${QUEUE}`),
  ];
  const pbx = await startDemoPbx({ hints, users: Object.values(USERS) });
  return { pbx, amiPort: pbx.port, stop: () => pbx.kill() };
}

async function addAccount(gateway: RunningGateway, name: string, { settings }: Viewer): Promise<string> {
  const admin = await signIn(gateway, 'ada');
  const account = { name, password: POOL_PASSWORD, settings: { ...settings, disabled: false } };
  unwrapReply(await postCommand(gateway, admin, 'add-account', account));
  return signIn(gateway, { account: name, password: POOL_PASSWORD });
}

/** The calls of the whole board as an account may see them, by id. */
function callsFor({ settings, others }: Viewer, whole: BoardClient) {
  const { extensions: assigned, limits } = settings;
  const board = whole.board();
  const context = { ...board, numbers: numberIndexOf(board.extensions.values()) };
  return new Map(
    [...board.calls.values()].flatMap((call) => {
      const visible = visibleCall(call, { assigned, limits, others }, context);
      return visible === null ? [] : [[call.id, visible]];
    }),
  );
}

interface LifeOptions {
  readonly pbx: DemoPbx;
  readonly token: (kind: 'num' | 'name') => string;
  readonly seed: number;
}

/** Does something at random on the phones of the PBX, or outside. */
function createCallLife({ pbx, token, seed }: LifeOptions) {
  const random = createRandom({ seed });
  const strangers: Line[] = [];
  const onePhone = () => pbx.phone(random.pick(PHONES) ?? '');
  const oneNumber = () => random.pick([...PHONES, QUEUE, '400', '500', `vm${random.pick(PHONES)}`]) ?? '';
  const channels = () => PHONES.flatMap((exten) => pbx.phone(exten).lines()).length + strangers.length;

  function callFromOutside(): void {
    const withheld = random.chance(0.2);
    strangers.push(pbx.stranger({ from: token('num'), name: token('name'), exten: oneNumber(), withheld }));
  }
  const actions = [
    callFromOutside,
    callFromOutside,
    () => onePhone().dial(oneNumber()),
    () => onePhone().dial(`0${token('num')}`),
    ...Array.from({ length: 4 }, () => () => onePhone().answer()),
    () => onePhone().hold(),
    () => onePhone().resume(),
    () => onePhone().park(),
    () => onePhone().transfer(random.pick(PHONES) ?? ''),
    () => onePhone().hangUp(),
    () => random.pick(strangers)?.hangUp(),
  ];
  return () => {
    strangers.splice(0, Infinity, ...strangers.filter((line) => !line.isOver()));
    if (channels() > MAX_CHANNELS) return onePhone().hangUp();
    random.pick(actions)?.();
  };
}

it.each<OthersCalls>(['nothing', 'name-only'])(
  '[CV1] [CV2] [CV4] [CV6] [CV7] in a life of calls each client has those that it may see, and nothing of others; others’ calls: %s',
  { timeout: LIFE_MS + 60_000 },
  async (others) => {
    const token = createTokens();
    const seed = Date.now() % 1_000_000;
    process.stdout.write(`calls for ${LIFE_MS / 1000} s, seed ${seed}\n`);
    const names = new Map(PHONES.map((exten) => [exten, token('name')]));
    const { pbx, amiPort } = await startForTest(startPbx((exten) => names.get(exten) ?? ''));
    const rows = [...names].map(
      ([exten, name]) => `${exten},${name},${IN_SALES.includes(exten) ? 'zdept1q' : ''}`,
    );
    const gateway = await startTestGateway({
      amiPort,
      directory: ['extension,name,department', ...rows, `${QUEUE},Queue,zdept1q`, ''].join('\n'),
      env: {
        LAMPBOARD_CALLS: 'show',
        LAMPBOARD_CALLS_AMI_USERNAME: USERS.calls.username,
        LAMPBOARD_CALLS_AMI_SECRET: USERS.calls.secret,
        LAMPBOARD_OTHERS_CALLS: others,
      },
    });
    const viewers = viewersWith(others);
    const oracle = createLeakOracle(
      Object.fromEntries(
        Object.entries<Viewer>(viewers).map(([name, { settings, others: seen }]) => [
          name,
          { assigned: settings.extensions, limits: [settings.limits ?? NO_LIMITS], others: seen },
        ]),
      ),
    );
    const whole = await openTestClient(gateway, { as: 'rita' });
    await whole.waitUntilLive();
    await whole.waitUntil('the link for calls', ({ pbxs }) =>
      [...pbxs.values()].every(({ callsLink }) => callsLink?.state === 'live'),
    );
    await startForTest(
      recordWebSocket({ url: gateway.url, cookie: await signIn(gateway, 'rita') }, oracle.follow),
    );
    const clients = await Promise.all(
      Object.entries<Viewer>(viewers).map(async ([name, viewer]) => {
        const cookie = await addAccount(gateway, name, viewer);
        const client = await openTestClient(gateway, { cookie });
        const recording = await startForTest(recordWebSocket({ url: gateway.url, cookie }));
        return { name, viewer, client, recording };
      }),
    );

    const act = createCallLife({ pbx, token, seed });
    const received = (name: string) =>
      clients.find((each) => each.name === name)?.recording.received.join() ?? '';
    const outsideNumbers = (name: string) =>
      tokensIn(received(name)).filter((text) => text.startsWith('znum'));
    const start = performance.now();
    let maxCalls = 0;
    /** The life is random: it goes on until there was something to see for those who may. */
    const isOver = () => {
      const ms = performance.now() - start;
      if (ms < LIFE_MS || ms >= LIFE_MS + MAX_EXTRA_MS) return ms >= LIFE_MS;
      return maxCalls > 5 && ['receptionist', 'user'].every((name) => outsideNumbers(name).length > 0);
    };
    while (!isOver()) {
      act();
      await delay(ACTION_INTERVAL_MS);
      maxCalls = Math.max(maxCalls, whole.board().calls.size);
    }
    for (const { name, viewer, client } of clients)
      await client.waitUntil(`the calls of ${name}`, ({ calls }) =>
        isDeepStrictEqual(new Map(calls), callsFor(viewer, whole)),
      );
    expect(maxCalls).toBeGreaterThan(5);
    for (const { name, recording } of clients) {
      expect(oracle.leaksOnBoard(name, recording.received.join()), name).toEqual([]);
      const seqs = recording.received.flatMap(
        (packet) => /^42\["delta".*?"seq":(\d+)/.exec(packet)?.[1] ?? [],
      );
      expect(seqs, name).toEqual(seqs.map((_, index) => String(Number(seqs[0]) + index)));
    }
    expect(outsideNumbers('receptionist').length).toBeGreaterThan(0);
    expect(outsideNumbers('user').length).toBeGreaterThan(0);
    expect(outsideNumbers('phoneless')).toEqual([]);
    expect(received('phoneless').includes('"table":"calls"')).toBe(others === 'name-only');
  },
);
