import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callsEnv } from '../../testkit/gateway/start-gateway.ts';
import { linesByPerson } from '../../testkit/calls/call-lines.ts';
import { PEOPLE, type Role } from '../../testkit/calls/call-site.ts';
import { describeEachCallSite } from '../../testkit/calls/each-call-site.ts';
import { playStory, storyTitle } from '../../testkit/calls/play-story.ts';
import { scene } from '../../testkit/calls/situations.ts';
import { type BoardClient, startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { openTestSite, startForSuite } from '../../testkit/site/test-site.ts';

const { O, C } = PEOPLE;

const untilCallsLive = (client: BoardClient, ms?: number) =>
  client.waitUntil('the calls to be live', () => client.callsLink()?.state === 'live', ms);

const linesOf = (client: BoardClient, role: Role) => linesByPerson(client.calls()).get(role) ?? [];

async function untilShown(client: BoardClient, role: Role, line: string): Promise<void> {
  await expect.poll(() => linesOf(client, role), { timeout: 5000, interval: 10 }).toEqual([line]);
}

await describeEachCallSite((pbx, stories) => {
  const started = startForSuite(() => startGatewayWithClient(pbx(), { env: callsEnv('calls') }));
  const client = () => started().client;
  const site = () => pbx().site;
  beforeAll(() => untilCallsLive(client()));
  afterEach(() => site().clear());

  describe('a client sees', () => {
    for (const story of stories) {
      it(`[CM12] ${storyTitle(story)}`, async () => {
        await expect(playStory(story, site(), client().calls)).resolves.toBeUndefined();
      });
    }
  });

  it('[CM12] a call begun before the gateway has its true duration: S7', async () => {
    await site().A.dial(O);
    await site().O.answer();
    await untilShown(client(), 'A', 'talks with O');
    const [before] = client().calls();
    const later = await openTestSite(pbx(), { env: callsEnv('calls') });
    await untilCallsLive(later.client);
    await untilShown(later.client, 'O', 'talks with A');
    const [after] = later.client.calls();
    expect(Math.abs((after?.since ?? 0) - (before?.since ?? 0))).toBeLessThan(50);
    expect(after?.sinceAtLeast).toBeUndefined();
  });

  it('[CM12] a telephone in several hints, and a hint of several telephones: S39', async () => {
    const [second, both] = ['5102', '5103'];
    const hints = [
      inDefault(second, `PJSIP/${O},CustomPresence:${second}`),
      inDefault(both, `PJSIP/${O}&PJSIP/${C}`),
    ];
    await pbx().reload([...standardHints(), ...hints]);
    await client().waitUntil('the hints', ({ extensions }) => extensions.has(`${both}@default`));
    const story = {
      name: 'shared',
      scenes: [
        scene('S39', 'A dials O', (each) => each.A.dial(O), {
          A: 'calling O',
          O: 'rings, from A',
          [`${second}@default`]: 'rings, from A',
          [`${both}@default`]: 'rings, from A',
        }),
        scene('S39', 'C dials a menu', (each) => each.C.dial('510'), {
          A: 'calling O',
          O: 'rings, from A',
          C: 'in a menu',
          [`${second}@default`]: 'rings, from A',
          [`${both}@default`]: 'rings, from A + in a menu',
        }),
      ],
    };
    await playStory(story, site(), client().calls);
    await pbx().reload(standardHints());
    await client().waitUntil('the hints', ({ extensions }) => !extensions.has(`${both}@default`));
    expect(linesOf(client(), 'C')).toEqual(['in a menu']);
  });

  it('[CM12] [CL9] a lost link leaves the calls as last known, a restart ends them: S40', async ({
    skip,
  }) => {
    const { lifecycle } = pbx();
    if (lifecycle === undefined) return skip();
    await site().A.dial(O);
    await site().O.answer();
    await untilShown(client(), 'A', 'talks with O');
    lifecycle.pause();
    await client().waitUntil('the link to be down', () => client().callsLink()?.state === 'down', 20_000);
    expect(linesOf(client(), 'A')).toEqual(['talks with O']);
    lifecycle.resume();
    await untilCallsLive(client(), 20_000);
    expect(linesOf(client(), 'A')).toEqual(['talks with O']);
    await lifecycle.restart();
    await untilCallsLive(client(), 20_000);
    await client().waitUntil('no calls', () => [...client().calls()].length === 0);
    await site().clear();
  });
});
