import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import page from '../../index.html?raw';
import text from '../../public/manifest.webmanifest?raw';

const manifest = z
  .object({
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
  expect(manifest).toMatchObject({ start_url: '/me', scope: '/', display: 'standalone' });
  expect(manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ]);
});

it('[PW1] its icons exist, and the page links manifest, icon and colours', () => {
  for (const { src } of manifest.icons) expect(files).toContain(src);
  expect(files).toContain('/apple-touch-icon.png');
  expect(page).toContain('<link rel="manifest" href="/manifest.webmanifest" />');
  expect(page).toContain('<link rel="apple-touch-icon" href="/apple-touch-icon.png" />');
  expect(page.match(/<meta name="theme-color"/gu)).toHaveLength(2);
});
