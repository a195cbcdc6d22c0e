import { expect, it } from 'vitest';
import { createThrottle } from './throttle.ts';

const HERE = '192.0.2.7';

const by = (account: string, address: string, isKnownHere = false) => ({ account, address, isKnownHere });

it('[SI6] after five attempts at an account from one address the next has to wait', async () => {
  const throttle = createThrottle();
  for (let attempt = 0; attempt < 5; attempt++) expect(await throttle.attempt(by('rita', HERE))).toBeNull();
  const wait = await throttle.attempt(by('rita', HERE));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(300);
});

it('[SI6] others at that address, and the account from elsewhere, go on', async () => {
  const throttle = createThrottle();
  for (let attempt = 0; attempt < 300; attempt++) await throttle.attempt(by('rita', HERE));
  expect(await throttle.attempt(by('alice', HERE))).toBeNull();
  expect(await throttle.attempt(by('rita', '192.0.2.8'))).toBeNull();
});

it('[SI6] one address tries a hundred accounts at most, whichever part of its IPv6 network it uses', async () => {
  const throttle = createThrottle();
  for (let attempt = 0; attempt < 100; attempt++) {
    expect(await throttle.attempt(by(`account ${attempt}`, `2001:db8::${attempt.toString(16)}`))).toBeNull();
  }
  expect(await throttle.attempt(by('another', '2001:db8::ffff'))).toBeGreaterThan(0);
  expect(await throttle.attempt(by('another', '2001:db8:0:100::1'))).toBeNull();
});

it('[SI6] an account is tried from a hundred attempts at most, from wherever', async () => {
  const throttle = createThrottle();
  for (let attempt = 0; attempt < 100; attempt++) {
    expect(await throttle.attempt(by('rita', `192.0.2.${attempt}`))).toBeNull();
  }
  expect(await throttle.attempt(by('rita', '198.51.100.1'))).toBeGreaterThan(0);
  expect(await throttle.attempt(by('alice', '198.51.100.1'))).toBeNull();
});

it('[SI6] what went well does not count', async () => {
  const throttle = createThrottle();
  for (let attempt = 0; attempt < 150; attempt++) {
    expect(await throttle.attempt(by('rita', HERE))).toBeNull();
    await throttle.succeeded(by('rita', HERE));
  }
});

it('[SI10] what others try elsewhere keeps nobody out where the account has signed in before', async () => {
  const throttle = createThrottle();
  for (let attempt = 0; attempt < 1000; attempt++)
    await throttle.attempt(by('rita', `198.51.${attempt % 200}.1`));
  expect(await throttle.attempt(by('rita', HERE))).toBeGreaterThan(0);
  expect(await throttle.attempt(by('rita', '192.0.2.9', true))).toBeNull();
});
