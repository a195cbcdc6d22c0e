import { expect, it } from 'vitest';
import { block, eventNames, failure, startWithClient, success } from '../testing/fixtures.ts';
import type { RawClient } from '../testing/raw-client.ts';

const put = (client: RawClient, key: string, value: string): Promise<string> =>
  client.request('DBPut', 'Family: AMPUSER', `Key: ${key}`, `Val: ${value}`);

async function keys(client: RawClient, ...headers: string[]): Promise<string[]> {
  client.send('Action: DBGetTree', 'ActionID: t', ...headers);
  const blocks = await client.readUntil('TreeComplete');
  return blocks.flatMap((text) => /\r\nKey: (.*)\r\n/.exec(text)?.[1] ?? []);
}

it('[AC9] lists the entries of AstDB with their ActionID at the end', async () => {
  const { client } = await startWithClient();
  expect(await put(client, '1101/cidname', 'Zoë')).toBe(success('Message: Updated database successfully'));
  client.send('Action: DBGetTree', 'ActionID: t', 'Family: AMPUSER');
  expect(await client.readUntil('TreeComplete')).toEqual([
    success('ActionID: t', 'EventList: start', 'Message: Result will follow'),
    block('Event: DBGetTreeResponse', 'Key: /AMPUSER/1101/cidname', 'Val: Zoë', 'ActionID: t'),
    block('Event: DBGetTreeComplete', 'ActionID: t', 'EventList: Complete', 'ListItems: 1'),
  ]);
});

it('[AC9] matches keys as SQL’s LIKE does', async () => {
  const { client } = await startWithClient();
  for (const key of ['1102/cidname', '1101/cidname', '1101/voicemail', '1101/cidname/x', '(1)/cidname'])
    await put(client, key, 'x');
  const cidnames = ['(1)/cidname', '1101/cidname', '1101/cidname/x', '1102/cidname'];
  expect(await keys(client, 'Family: ampuser', 'Key: %/cidname')).toEqual(
    cidnames.map((key) => `/AMPUSER/${key}`),
  );
  expect(await keys(client, 'Family: AMPUSER', 'Key: 110_/v%')).toEqual(['/AMPUSER/1101/voicemail']);
  expect(await keys(client, 'Family: AMPUSE')).toEqual([]);
  expect(await keys(client)).toHaveLength(5);
});

it('[AC9] needs a class, a family and a key', async () => {
  const { client } = await startWithClient('board');
  expect(await client.request('DBGetTree')).toBe(failure('Permission denied'));
  const { client: full } = await startWithClient();
  expect(await full.request('DBPut', 'Key: x')).toBe(failure('No family specified'));
  expect(await full.request('DBPut', 'Family: x')).toBe(failure('No key specified'));
});

it('[AC9] a value with a blank line is sent as it is', async () => {
  const { pbx, client } = await startWithClient();
  pbx.putDatabase('AMPUSER', '1101/cidname', 'x\r\n\r\nEvent: Forged');
  client.send('Action: DBGetTree', 'Family: AMPUSER');
  expect(await eventNames(client)).toContain('Forged');
});
