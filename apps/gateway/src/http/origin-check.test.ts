import { expect, it } from 'vitest';
import { createOriginCheck } from './origin-check.ts';

const DEFAULTS = { host: '127.0.0.1', publicUrl: null, tls: null, trustedProxies: [], isDemoPublic: false };
const PUBLIC = new URL('https://lampboard.example.org');
const local = createOriginCheck(DEFAULTS);
const proxied = createOriginCheck({ ...DEFAULTS, publicUrl: PUBLIC });
const demo = createOriginCheck({ ...DEFAULTS, host: '0.0.0.0', isDemoPublic: true });
const open = createOriginCheck({
  ...DEFAULTS,
  host: '0.0.0.0',
  publicUrl: new URL('https://lampboard.example.org:8443'),
});

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
  [demo, { host: 'demo.example.org', origin: 'http://demo.example.org' }, true],
  [demo, { host: '192.0.2.7:8080', origin: 'http://192.0.2.7:8080' }, true],
  [demo, { host: '192.0.2.7:8080', origin: 'http://evil.example' }, false],
  [demo, { host: '192.0.2.7:8080', 'sec-fetch-site': 'cross-site' }, false],
])('[GW7] checks Host and Origin: %#', (originCheck, headers, expected) => {
  expect(originCheck.isSameOrigin(headers)).toBe(expected);
});

it('[SI11] with a TLS proxy, only its connections are accepted', () => {
  const trustedProxies = ['127.0.0.1', '10.1.0.0/16', '2001:db8::/32'];
  const originCheck = createOriginCheck({ ...DEFAULTS, host: '0.0.0.0', publicUrl: PUBLIC, trustedProxies });
  for (const peer of ['127.0.0.1', '::ffff:127.0.0.1', '10.1.9.9', '::ffff:10.1.9.9', '2001:db8::7'])
    expect(originCheck.bypassesProxy(peer), peer).toBe(false);
  for (const peer of ['127.0.0.2', '10.2.0.1', '::ffff:10.2.0.1', '::1', '2001:db9::7', '', undefined])
    expect(originCheck.bypassesProxy(peer), peer).toBe(true);
  const tls = { cert: 'cert.pem', key: 'key.pem' };
  for (const other of [
    { ...DEFAULTS, trustedProxies },
    { ...DEFAULTS, publicUrl: PUBLIC, tls, trustedProxies },
  ])
    expect(createOriginCheck(other).bypassesProxy('10.2.0.1')).toBe(false);
});
