import { expect, it } from 'vitest';
import { decodePhoto, photoType } from './directory-store.ts';
import { hintOf, openTestDirectory } from './testing/open-test-directory.ts';

/** The header of a PNG image of this size. */
function png(width: number, height = width): Buffer {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452'.padEnd(66, '0'), 'hex');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffd9', 'hex');
const WEBP = Buffer.from('52494646240000005745425056503820180000003001009d012a1000100000000000000000', 'hex');

it.each([
  ['image/png', png(256)],
  ['image/jpeg', JPEG],
  ['image/webp', WEBP],
])('[DR6] takes %s by its first bytes', (type, bytes) => {
  expect(photoType(bytes)).toBe(type);
  expect(decodePhoto(bytes.toString('base64'))).toEqual(bytes);
});

it.each([
  ['an SVG image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['a page', Buffer.from('<!doctype html><script>1</script>')],
  ['a GIF image', Buffer.from('GIF89a\x10\x00\x10\x00', 'latin1')],
  ['nothing', Buffer.alloc(0)],
  ['half a header', png(256).subarray(0, 14)],
  ['a JPEG image without a size', Buffer.from('ffd8ffe000104a464946ffd9', 'hex')],
  ['an image without pixels', png(0, 10)],
  ['an image of very many pixels', png(30_000)],
  ['a large file', Buffer.concat([png(256), Buffer.alloc(64 * 1024)])],
])('[DR6] does not take %s', (_, bytes) => {
  expect(decodePhoto(bytes.toString('base64'))).toBeNull();
});

it('[DR6] does not take what is no base64', () => {
  expect(decodePhoto(`${png(256).toString('base64')}!`)).toBeNull();
});

it('[DR6] a photo is found by its hash until it is replaced or removed', () => {
  const { commands, service } = openTestDirectory({ hints: [hintOf('1101'), hintOf('1102')] });
  const photoOf = (id: string) =>
    commands['list-directory']().value.entries.find((entry) => entry.id === id)?.here.photo ?? '';
  const set = (id: string, bytes: Buffer) =>
    commands['set-directory-photo']({ id, photo: bytes.toString('base64') });
  expect(set('1199@default', png(10))).toMatchObject({ ok: false, code: 'unknown-extension' });
  expect(set('1101@default', Buffer.from('x'))).toMatchObject({ ok: false, code: 'invalid-photo' });
  set('1101@default', png(10));
  set('1102@default', png(10));
  const first = photoOf('1101@default');
  expect(service.photo(first)).toEqual({ bytes: png(10), type: 'image/png' });
  set('1101@default', JPEG);
  expect(service.photo(photoOf('1101@default'))?.type).toBe('image/jpeg');
  // Another extension has the same.
  expect(service.photo(first)).not.toBeNull();
  commands['save-directory-entry']({ id: '1102@default', patch: { photo: null } });
  expect(photoOf('1102@default')).toBe('');
  expect(service.photo(first)).toBeNull();
  expect(service.photo("' OR 1")).toBeNull();
});
