import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { followCalls, startCallsSite, startTestPbx, summariesOf } from './testing/calls-site.ts';

it('[CL3] shows a call while it rings, while it lasts and no longer', async () => {
  const { pbx, ...site } = await startCallsSite();
  const line = pbx.phone('1101').dial('1102');
  await site.waitForCalls(['1101 dialling 1102', '1102 ringing 1101']);
  pbx.phone('1102').answer();
  await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
  line.hangUp();
  await site.waitForCalls([]);
});

it('[CL3] shows calls that were there before', async () => {
  const pbx = await startTestPbx();
  pbx.phone('1101').dial('1102');
  pbx.phone('1102').answer();
  const site = followCalls(pbx.port);
  await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
});

it('[CL6] shows the held line, whichever end pressed hold, and the end of the hold', async () => {
  const { pbx, ...site } = await startCallsSite();
  const line = pbx.phone('1101').dial('1102');
  pbx.phone('1102').answer();
  await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
  line.hold();
  await site.waitForCalls(['1101 holding 1102', '1102 held 1101']);
  line.resume();
  await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
});

it('[CL6] of 500 lines the one that is held is read first', async () => {
  const { pbx, ...site } = await startCallsSite();
  for (let talks = 0; talks < 249; talks += 1) {
    pbx.phone('1101').dial('1102');
    pbx.phone('1102').answer();
  }
  const line = pbx.phone('1103').dial('1104');
  pbx.phone('1104').answer();
  const summaries = () => summariesOf(site.calls());
  await vi.waitFor(() => expect(summaries().length).toBe(500), { timeout: 5000 });
  line.hold();
  await vi.waitFor(() => expect(summaries()).toContain('1104 held 1103'), { timeout: 3000 });
  line.resume();
  await vi.waitFor(() => expect(summaries()).toContain('1104 talking 1103'), { timeout: 3000 });
});

it('[CL7] a withheld number is never on the board', async () => {
  const { pbx, board, ...site } = await startCallsSite();
  const seen: string[] = [];
  board.subscribe({ onDelta: (delta) => seen.push(JSON.stringify(delta)), onSnapshot: () => {} });
  pbx.stranger({ from: '0301234', name: 'Secret', exten: '1101', withheld: true });
  await site.waitForCalls(['(withheld) dialling 1101', '1101 ringing withheld']);
  pbx.phone('1101').answer();
  await site.waitForCalls(['(withheld) talking 1101', '1101 talking withheld']);
  expect(seen.join('')).not.toMatch(/0301234|Secret/);
});

it('[CL8] shows where and until when a call is parked', async () => {
  const { pbx, ...site } = await startCallsSite();
  pbx.phone('1101').dial('1102');
  pbx.phone('1102').answer();
  await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
  pbx.phone('1102').lines()[0]?.park();
  await vi.waitFor(() =>
    expect(site.calls().find(({ state }) => state === 'parked')).toMatchObject({
      extensions: ['1101@default'],
      parking: { by: { extension: '1102@default' }, returnsAt: expect.any(Number) },
    }),
  );
});

it('[CL9] keeps calls as last known while the link is down, and drops all after a restart', async () => {
  const { pbx, ...site } = await startCallsSite();
  pbx.phone('1101').dial('1102');
  await site.waitForCalls(['1101 dialling 1102', '1102 ringing 1101']);
  const { port } = pbx;
  await pbx.kill();
  await vi.waitFor(() => expect(site.link()).toMatchObject({ state: 'down', reason: 'unreachable' }));
  expect(summariesOf(site.calls())).toEqual(['1101 dialling 1102', '1102 ringing 1101']);
  await startTestPbx({ port });
  await site.live();
  await site.waitForCalls([]);
});

it('[CL9] says that the user may not list channels', async () => {
  const user = { username: 'few', secret: 'hush', read: ['call', 'system'], write: ['call'] };
  const pbx = await startTestPbx({ users: [{ ...user, username: 'board' }, user] });
  const site = followCalls(pbx.port, { user });
  await vi.waitFor(() => expect(site.link()).toMatchObject({ state: 'down', reason: 'permission-denied' }));
  expect(site.warnings).toMatchObject([{ link: 'calls', reason: 'permission-denied' }]);
});

it('[CL5] polls where no event arrives', async () => {
  const user = { username: 'deaf', secret: 'hush', read: ['system'], write: ['call', 'reporting'] };
  const board = { ...user, username: 'board', read: ['call', 'system'] };
  const pbx = await startTestPbx({ users: [board, user] });
  const site = followCalls(pbx.port, { user });
  await site.live();
  for (let calls = 0; calls < 3; calls += 1) {
    const line = pbx.phone('1101').dial('1102');
    pbx.phone('1102').answer();
    await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
    line.hangUp();
    await site.waitForCalls([]);
  }
});

it('[CL8] with class reporting alone, parked calls have no slot', async () => {
  const user = { username: 'reporting', secret: 'hush', read: ['call', 'system'], write: ['reporting'] };
  const board = { ...user, username: 'board', write: ['call'] };
  const pbx = await startTestPbx({ users: [board, user] });
  const site = followCalls(pbx.port, { user });
  await site.live();
  pbx.phone('1101').dial('1102');
  pbx.phone('1102').answer();
  await site.waitForCalls(['1101 talking 1102', '1102 talking 1101']);
  pbx.phone('1102').lines()[0]?.park();
  await vi.waitFor(() => expect(summariesOf(site.calls())).not.toContain('1101 talking 1102'));
  await sleep(50);
  expect(site.link()).toEqual({ state: 'live' });
  expect(site.calls().some(({ parking }) => parking)).toBe(false);
});
