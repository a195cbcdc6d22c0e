import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import page from '../../index.html?raw';
import text from '../../public/manifest.webmanifest?raw';

/** Addresses in a manifest are relative to it. */
const below = (base: string, path: string) =>
  new URL(path, `https://pbx.example${base}manifest.webmanifest`).pathname;

const manifest = z
  .object({
    id: z.optional(z.string()),
    start_url: z.string(),
    scope: z.string(),
    display: z.string(),
    icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.optional(z.string()) })),
  })
  .parse(JSON.parse(text));

const files = Object.keys(import.meta.glob('../../public/*.png')).map((path) =>
  path.replace('../../public', ''),
);

it('[PW1] installed on a phone, it opens the user’s status in its own window', () => {
  expect(manifest.display).toBe('standalone');
  expect([below('/', manifest.start_url), below('/', manifest.scope)]).toEqual(['/me', '/']);
  expect(manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ]);
});

it('[SP1] installed from a path, it stays below that path, and is another app than one at another path', () => {
  const base = '/lampboard/';
  expect([below(base, manifest.start_url), below(base, manifest.scope)]).toEqual(['/lampboard/me', base]);
  for (const { src } of manifest.icons) expect(below(base, src)).toMatch(/^\/lampboard\/icon-/u);
  // Without an id, the start address identifies the app.
  expect(manifest.id).toBeUndefined();
});

it('[PW1] its icons exist, and the page links manifest, icon and colours', () => {
  for (const { src } of manifest.icons) expect(files).toContain(below('/', src));
  expect(files).toContain('/apple-touch-icon.png');
  expect(page).toContain('<link rel="manifest" href="/manifest.webmanifest" />');
  expect(page).toContain('<link rel="apple-touch-icon" href="/apple-touch-icon.png" />');
  expect(page.match(/<meta name="theme-color"/gu)).toHaveLength(2);
});
