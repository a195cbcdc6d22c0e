import { expect, it } from 'vitest';
import { createLoginLimiter } from './login-limiter.ts';

const ADDRESS = '192.0.2.7';

function setup() {
  const { consume, recordSuccess } = createLoginLimiter();
  return {
    /** Attempts to sign in; resolves to the seconds to wait, or null. */
    attempt: (account: string, address = ADDRESS, isKnownNetwork = false) =>
      consume({ account, address, isKnownNetwork }),
    succeed: (account: string) => recordSuccess({ account, address: ADDRESS, isKnownNetwork: false }),
  };
}

it('[SI6] allows five attempts per account and address', async () => {
  const { attempt } = setup();
  for (let count = 0; count < 5; count++) expect(await attempt('rita')).toBeNull();
  const retryAfter = await attempt('rita');
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(300);
});

it('[SI6] does not block other accounts at that address, or the account elsewhere', async () => {
  const { attempt } = setup();
  for (let count = 0; count < 300; count++) await attempt('rita');
  expect(await attempt('alice')).toBeNull();
  expect(await attempt('rita', '192.0.2.8')).toBeNull();
});

it('[SI6] allows a hundred accounts per address or IPv6 network', async () => {
  const { attempt } = setup();
  for (let count = 0; count < 100; count++)
    expect(await attempt(`account ${count}`, `2001:db8::${count.toString(16)}`)).toBeNull();
  expect(await attempt('another', '2001:db8::ffff')).toBeGreaterThan(0);
  expect(await attempt('another', '2001:db8:0:100::1')).toBeNull();
});

it('[SI6] allows a hundred attempts per account from all addresses', async () => {
  const { attempt } = setup();
  for (let count = 0; count < 100; count++) expect(await attempt('rita', `192.0.2.${count}`)).toBeNull();
  expect(await attempt('rita', '198.51.100.1')).toBeGreaterThan(0);
  expect(await attempt('alice', '198.51.100.1')).toBeNull();
});

it('[SI6] successful attempts do not count', async () => {
  const { attempt, succeed } = setup();
  for (let count = 0; count < 150; count++) {
    expect(await attempt('rita')).toBeNull();
    await succeed('rita');
  }
});

it('[SI10] attempts from elsewhere do not block an account in its known networks', async () => {
  const { attempt } = setup();
  for (let count = 0; count < 1000; count++) await attempt('rita', `198.51.${count % 200}.1`);
  expect(await attempt('rita')).toBeGreaterThan(0);
  expect(await attempt('rita', '192.0.2.9', true)).toBeNull();
});
