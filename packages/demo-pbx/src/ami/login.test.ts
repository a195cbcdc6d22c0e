import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { block, failure, startPbx, success } from '../testing/fixtures.ts';
import { type RawClient, connectRaw } from '../testing/raw-client.ts';

async function connect(port: number): Promise<RawClient> {
  const client = await connectRaw(port);
  onTestFinished(() => client.close());
  return client;
}

it('[AC7] accepts a login and sends FullyBooted', async () => {
  const pbx = await startPbx();
  const client = await connect(pbx.port);
  client.send('Action: Login', 'Username: board', 'Secret: s', 'ActionID: 1');
  expect(await client.nextBlocks(2)).toEqual([
    success('ActionID: 1', 'Message: Authentication accepted'),
    block(
      'Event: FullyBooted',
      'Privilege: system,all',
      'Uptime: 0',
      'LastReload: 0',
      'Status: Fully Booted',
    ),
  ]);
  expect(pbx.sessions()).toBe(1);
});

it('[AC7] sends no FullyBooted to a user without the class system', async () => {
  const pbx = await startPbx();
  const client = await connect(pbx.port);
  await client.request('Login', 'Username: call', 'Secret: s');
  await client.request('Ping');
  expect(client.received()).not.toContain('FullyBooted');
});

it('[AC7] rejects a wrong or missing secret, an unknown user and a denied address after a second, and closes', async () => {
  const pbx = await startPbx();
  const start = performance.now();
  const attempts = [
    'Username: full\r\nSecret: x',
    'Username: full',
    'Username: nobody\r\nSecret: s',
    'Username: denied\r\nSecret: s',
  ];
  await Promise.all(
    attempts.map(async (lines) => {
      const client = await connect(pbx.port);
      client.send('Action: Login', 'ActionID: 1', lines);
      client.send('Action: Ping');
      await client.ended;
      expect(client.received()).toBe(
        'Asterisk Call Manager/11.0.0\r\nResponse: Error\r\nActionID: 1\r\nMessage: Authentication failed\r\n\r\n',
      );
    }),
  );
  expect(performance.now() - start).toBeGreaterThan(900);
  expect(pbx.sessions()).toBe(0);
});

it('[AC7] rejects actions before the login, even unknown ones', async () => {
  const client = await connect((await startPbx()).port);
  const denied = failure('Permission denied');
  expect(await client.request('ExtensionStateList')).toBe(denied);
  expect(await client.request('Nonsense')).toBe(denied);
});

it('[AC7] accepts an MD5 login, and the name in any case', async () => {
  const client = await connect((await startPbx()).port);
  const challenge = /Challenge: (\d+)/.exec(await client.request('Challenge', 'AuthType: MD5'))?.[1] ?? '';
  const key = createHash('md5').update(`${challenge}s`).digest('hex');
  const answer = await client.request('Login', 'AuthType: MD5', 'Username: FULL', `Key: ${key}`);
  expect(answer).toContain('Authentication accepted');
});

it('[AC7] says goodbye', async () => {
  const client = await connect((await startPbx()).port);
  client.send('Action: Logoff', 'ActionID: 8');
  expect(await client.nextBlocks(1)).toEqual([
    block('Response: Goodbye', 'ActionID: 8', 'Message: Thanks for all the fish.'),
  ]);
  await client.ended;
});

it('[AC7] accepts a second login without an event', async () => {
  const client = await connect((await startPbx()).port);
  await client.request('Login', 'Username: full', 'Secret: s');
  expect(await client.request('Login', 'Username: full', 'Secret: s')).toContain('Already authenticated');
});

it('[AC7] rejects a filter of a user that does not compile', async () => {
  const users = [{ username: 'x', secret: 's', read: [], write: [], eventfilter: ['('] }];
  await expect(startPbx({ users })).rejects.toThrow('eventfilter of x');
});
