import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { runCli } from '../../testkit/gateway/test-accounts.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { openTestSite, startForTest } from '../../testkit/site/test-site.ts';

const ID = '1105@default';

async function openSite() {
  const pbx = await startForTest(startDemoPbxUnderTest());
  const { gateway, client } = await openTestSite(pbx);
  const { path: folder } = await startForTest(makeTempFolder());
  const cookie = await signIn(gateway, 'ada');
  const edit = async (message: string) => {
    await client.forceSetPresence(ID, { state: 'away', subtype: '', message });
  };
  const messages = async (session: string) =>
    unwrapReply(await postCommand(gateway, session, 'list-presence-changes', { id: ID })).map(
      ({ to }) => to.message,
    );
  return { gateway, folder, cookie, edit, messages };
}

/** Edits that a store holds, the first one first. */
const editsIn = (file: string): unknown[] =>
  new Database(file)
    .prepare("SELECT wanted ->> '$.message' AS message FROM edits WHERE result = 'ok' ORDER BY id")
    .all();

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

it('[DO2] a copy that is made during edits has all that were acknowledged before, and a gateway starts on it', async () => {
  const { gateway, folder, edit, messages } = await openSite();
  const copy = join(folder, 'copy.db');
  for (const number of numbers(15)) await edit(number);
  let isCopied = false;
  const copying = gateway.cli(['backup', copy]).finally(() => (isCopied = true));
  // An account sends at most 50 commands in five seconds.
  for (let number = 15; !isCopied && number < 40; number += 1) await edit(String(number));
  const { code, stdout, stderr } = await copying;
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`The store in ${gateway.dataFolder} was copied to ${copy}.\n`);
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  const copied = editsIn(copy);
  expect(copied.length).toBeGreaterThanOrEqual(15);
  expect(copied).toMatchObject(numbers(copied.length).map((message) => ({ message })));
  await edit('after the copy');

  await gateway.kill();
  const restored = await gateway.cli(['restore', copy]);
  expect([restored.code, restored.stderr]).toEqual([0, '']);
  const replaced = (await readdir(gateway.dataFolder)).find((name) => name.includes('.replaced-')) ?? 'none';
  expect(restored.stdout).toContain(
    `The one before is ${join(gateway.dataFolder, replaced)}. Start Lampboard.`,
  );
  await gateway.start();
  expect((await messages(await signIn(gateway, 'ada')))[0]).toBe(String(copied.length - 1));

  // What was replaced is as good.
  await gateway.kill();
  expect((await gateway.cli(['restore', join(gateway.dataFolder, replaced)])).code).toBe(0);
  await gateway.start();
  expect((await messages(await signIn(gateway, 'ada')))[0]).toBe('after the copy');
});

it('[DO3] while a gateway runs nothing is restored, idle or not, and it goes on', async () => {
  const { gateway, folder, edit, messages, cookie } = await openSite();
  const copy = join(folder, 'copy.db');
  await edit('before');
  expect((await gateway.cli(['backup', copy])).code).toBe(0);
  const files = (await readdir(gateway.dataFolder)).toSorted();
  const { code, stdout, stderr } = await gateway.cli(['restore', copy]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    `Lampboard: ${join(gateway.dataFolder, 'lampboard.db')} is in use: stop Lampboard first, for example with \`systemctl stop lampboard\`. Nothing was changed.\n`,
  );
  expect((await readdir(gateway.dataFolder)).toSorted()).toEqual(files);
  await edit('afterwards');
  expect(await messages(cookie)).toEqual(['afterwards', 'before']);
});

it('[DO3] a damaged copy is not restored, and the store stays as it is', async () => {
  const { gateway, folder } = await openSite();
  const copy = join(folder, 'copy.db');
  expect((await gateway.cli(['backup', copy])).code).toBe(0);
  const bytes = await readFile(copy);
  await writeFile(copy, bytes.subarray(0, bytes.length - 8192));
  await gateway.kill();
  const { code, stderr } = await gateway.cli(['restore', copy]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Lampboard: .*copy\.db is .*damaged\. Nothing was changed\.\n$/);
  await gateway.start();
  await signIn(gateway, 'ada');
});

it.each([
  [['backup'], 'Usage: lampboard backup FILE'],
  [['backup', 'a', 'b'], 'Usage: lampboard backup FILE'],
  [['restore', '--force'], 'Usage: lampboard restore FILE'],
])('[DO2] [DO3] %j prints how to use it, and does nothing', async (args, usage) => {
  const { path: cwd } = await startForTest(makeTempFolder());
  const { code, stdout, stderr } = await runCli({ args, cwd, env: process.env });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(usage);
  expect(await readdir(cwd)).toEqual([]);
});

it('[DO2] without an Asterisk it is the demo’s store, and says so', async () => {
  const { path: cwd } = await startForTest(makeTempFolder());
  const env = { ...process.env, LAMPBOARD_DATA_DIR: join(cwd, 'data') };
  const run = (...args: string[]) => runCli({ args, cwd, env, input: 'tangerine kettle 7' });
  await run('account', 'add', 'bob', '--role', 'user', '--password-stdin');
  const { code, stdout } = await run('backup', 'copy.db');
  expect(code).toBe(0);
  expect(stdout).toContain(`copied to ${join(cwd, 'copy.db')}. It is the demo PBX's`);
});
