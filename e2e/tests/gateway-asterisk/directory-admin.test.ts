import type { DirectoryPatch } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { httpRequest, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { startForSuite, openTestClient } from '../../testkit/site/test-site.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';

/** Maximum milliseconds from a change to the board. */
const SOON_MS = 1000;
/** An image of one pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const pbx = startForSuite(async () => {
  const started = await startDemoPbxUnderTest();
  await started.reload([...standardHints(), inDefault('*801101', 'Custom:DND1101')]);
  return started;
});
const gateway = startForSuite(() => startGateway({ amiPort: pbx().amiPort }));
const openAdmin = () => openTestClient(gateway(), { as: 'ada' });

const save = async (client: BoardClient, id: string, patch: DirectoryPatch) =>
  client.command('save-directory-entry', { id, patch });
const entryOf = async (client: BoardClient, id: string) => {
  const { entries } = unwrapReply(await client.command('list-directory', {}));
  return entries.find((entry) => entry.id === id);
};

it('[DR5] what an administrator sets, and takes back, is on the board within a second', async () => {
  const client = await openAdmin();
  const id = '1112@default';
  const person = () => client.extension(id).person;
  await client.waitUntil('the name from Asterisk', () => person().name === 'Grace Hopper');
  const fields = { name: 'Rear Admiral', department: 'Navy', email: 'grace@example.com', mobile: '+1 555' };
  expect(await save(client, id, { ...fields, deputy: '1101@default' })).toMatchObject({ ok: true });
  await client.waitUntil('the new name', () => person().name === 'Rear Admiral', SOON_MS);
  expect(person()).toEqual({ ...fields, deputy: '1101@default' });
  const isListed = async () => (await entryOf(client, id))?.asteriskName === 'Grace Hopper';
  await waitUntil('the name from Asterisk in the list', isListed);
  expect(await entryOf(client, id)).toMatchObject({ here: fields });
  await save(client, id, { name: null, department: null, email: null, mobile: null, deputy: null });
  await client.waitUntil('the name from Asterisk', () => person().name === 'Grace Hopper', SOON_MS);
  expect(person()).toEqual({ name: 'Grace Hopper', department: '', email: '', mobile: '' });
});

it('[DR5] a kind, and what is hidden, is on the board within a second', async () => {
  const client = await openAdmin();
  const id = '1113@default';
  await save(client, id, { kind: 'room' });
  await client.waitUntil('the room', () => client.extension(id).kind === 'room', SOON_MS);
  await save(client, id, { kind: null, hidden: true });
  await client.waitUntil('the hidden entry', ({ extensions }) => !extensions.has(id), SOON_MS);
  expect(await entryOf(client, id)).toMatchObject({ here: { hidden: true } });
  await save(client, id, { hidden: null });
  await client.waitUntil('the entry', ({ extensions }) => extensions.has(id), SOON_MS);
});

it('[DR4] lists every hint, also those that the board hides', async () => {
  const client = await openAdmin();
  expect(client.board().extensions.has('*801101@default')).toBe(false);
  expect(await entryOf(client, '*801101@default')).toMatchObject({ hint: 'Custom:DND1101' });
  const { entries } = unwrapReply(await client.command('list-directory', {}));
  expect(entries).toHaveLength(standardHints().length - 1 + 1);
});

it('[DR6] a photo is for those signed in, as an image of the page’s own address', async () => {
  const client = await openAdmin();
  const id = '1101@default';
  expect(await client.command('set-directory-photo', { id, photo: PNG })).toMatchObject({ ok: true });
  await client.waitUntil('the photo', () => client.extension(id).person.photo !== undefined, SOON_MS);
  const url = `${gateway().url}api/photos/${client.extension(id).person.photo}`;
  expect((await httpRequest(url)).status).toBe(401);
  const cookie = await signIn(gateway(), 'alice');
  const { status, headers, bytes } = await httpRequest(url, { headers: { cookie } });
  expect([status, bytes.toString('base64')]).toEqual([200, PNG]);
  expect(headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cache-control': 'private, max-age=86400, immutable',
  });
  const unknown = await httpRequest(`${gateway().url}api/photos/none`, { headers: { cookie } });
  expect(unknown.status).toBe(404);
  await save(client, id, { photo: null });
  await client.waitUntil('no photo', () => client.extension(id).person.photo === undefined, SOON_MS);
  expect((await httpRequest(url, { headers: { cookie } })).status).toBe(404);
});

it('[DR7] an import of thousands of rows is applied as a whole', async () => {
  const client = await openAdmin();
  const rows = Array.from({ length: 5000 }, (_, index) => `${20_000 + index},Nobody,Nowhere,no@example.com`);
  const text = `extension,name,department,email\n1102,José,Team Ü,\n1103,Bo,Team Ü,\n${rows.join('\n')}\n`;
  const preview = unwrapReply(await client.command('preview-directory-import', { text }));
  expect(preview.changes.map(({ id }) => id)).toEqual(['1102@default', '1103@default']);
  expect(preview.problems).toHaveLength(5000);
  expect(unwrapReply(await client.command('import-directory', { text }))).toBe(2);
  await client.waitUntil(
    'the names',
    () =>
      client.extension('1102@default').person.name === 'José' &&
      client.extension('1103@default').person.name === 'Bo',
    SOON_MS,
  );
});

it('[DR8] administrators export the directory, and nobody else', async () => {
  const client = await openAdmin();
  await save(client, '1104@default', { name: '=HYPERLINK("x")' });
  const url = `${gateway().url}api/directory.csv`;
  const [admin, user] = [await signIn(gateway(), 'ada'), await signIn(gateway(), 'alice')];
  expect((await httpRequest(url)).status).toBe(401);
  expect((await httpRequest(url, { headers: { cookie: user } })).status).toBe(403);
  const { status, headers, text } = await httpRequest(url, { headers: { cookie: admin } });
  expect(status).toBe(200);
  expect(headers['content-disposition']).toContain('attachment');
  expect(headers['cache-control']).toBe('no-store');
  expect(text).toContain(`1104@default,"'=HYPERLINK(""x"")"`);
  const { changes } = unwrapReply(await client.command('preview-directory-import', { text }));
  expect(changes).toEqual([]);
});

it('[AU1] changes of the directory are recorded by the names of their fields, without values', async () => {
  const client = await openAdmin();
  await save(client, '1105@default', { name: 'Secret Name', mobile: null });
  await client.command('import-directory', { text: 'extension,name\n1106,Secret Import\n' });
  const audit = unwrapReply(await client.command('list-audit', { beforeId: null }));
  const changes = audit.filter(({ event }) => event === 'directory-changed').slice(0, 2);
  expect(changes).toMatchObject([
    { actor: 'ada', target: null, detail: 'import' },
    { actor: 'ada', target: '1105@default', detail: 'name -mobile' },
  ]);
  expect(JSON.stringify(audit) + (await gateway().output())).not.toContain('Secret');
});
