import { expect, it } from 'vitest';
import { createOwnPage } from './own-page.ts';

const local = createOwnPage({ host: '127.0.0.1', publicUrl: null });
const proxied = createOwnPage({ host: '127.0.0.1', publicUrl: new URL('https://lampboard.example.org') });
const open = createOwnPage({ host: '0.0.0.0', publicUrl: new URL('https://lampboard.example.org:8443') });

it.each([
  [local, { host: 'localhost:8080' }, true],
  [local, { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }, true],
  [local, { host: '[::1]:8080', origin: 'http://[::1]:8080' }, true],
  [local, { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:9090' }, false],
  [local, { host: '127.0.0.1:8080', origin: 'http://evil.example' }, false],
  [local, { host: '127.0.0.1:8080', origin: 'null' }, false],
  [local, { host: 'evil.example', origin: 'http://evil.example' }, false],
  [local, { host: 'localhost:8080', 'sec-fetch-site': 'cross-site' }, false],
  [local, { host: 'localhost:8080', 'sec-fetch-site': 'same-site' }, false],
  [local, { host: 'localhost:8080', 'sec-fetch-site': 'same-origin' }, true],
  [local, {}, false],
  [proxied, { host: 'lampboard.example.org', origin: 'https://lampboard.example.org' }, true],
  [proxied, { host: '127.0.0.1:8080', origin: 'https://lampboard.example.org' }, true],
  [proxied, { host: 'lampboard.example.org', origin: 'http://lampboard.example.org' }, false],
  [proxied, { host: 'lampboard.example.org', origin: 'https://lampboard.example.org.evil.example' }, false],
  [open, { host: 'lampboard.example.org:8443', origin: 'https://lampboard.example.org:8443' }, true],
  [open, { host: 'lampboard.example.org:8443' }, true],
  [open, { host: '127.0.0.1:8443', origin: 'https://127.0.0.1:8443' }, false],
  [open, { host: 'lampboard.example.org' }, false],
])('[GW7] %# knows its own page by Host and Origin', (page, headers, expected) => {
  expect(page.isOwnRequest(headers)).toBe(expected);
});
