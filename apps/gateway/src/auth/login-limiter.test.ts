import { expect, it } from 'vitest';
import { createLoginLimiter } from './login-limiter.ts';

const ADDRESS = '192.0.2.7';

const loginAttempt = (account: string, address: string, isKnownNetwork = false) => ({
  account,
  address,
  isKnownNetwork,
});

it('[SI6] allows five attempts per account and address', async () => {
  const loginLimiter = createLoginLimiter();
  for (let attempt = 0; attempt < 5; attempt++)
    expect(await loginLimiter.consume(loginAttempt('rita', ADDRESS))).toBeNull();
  const retryAfter = await loginLimiter.consume(loginAttempt('rita', ADDRESS));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(300);
});

it('[SI6] does not block other accounts at that address, or the account elsewhere', async () => {
  const loginLimiter = createLoginLimiter();
  for (let attempt = 0; attempt < 300; attempt++) await loginLimiter.consume(loginAttempt('rita', ADDRESS));
  expect(await loginLimiter.consume(loginAttempt('alice', ADDRESS))).toBeNull();
  expect(await loginLimiter.consume(loginAttempt('rita', '192.0.2.8'))).toBeNull();
});

it('[SI6] allows a hundred accounts per address or IPv6 network', async () => {
  const loginLimiter = createLoginLimiter();
  for (let attempt = 0; attempt < 100; attempt++) {
    expect(
      await loginLimiter.consume(loginAttempt(`account ${attempt}`, `2001:db8::${attempt.toString(16)}`)),
    ).toBeNull();
  }
  expect(await loginLimiter.consume(loginAttempt('another', '2001:db8::ffff'))).toBeGreaterThan(0);
  expect(await loginLimiter.consume(loginAttempt('another', '2001:db8:0:100::1'))).toBeNull();
});

it('[SI6] allows a hundred attempts per account from all addresses', async () => {
  const loginLimiter = createLoginLimiter();
  for (let attempt = 0; attempt < 100; attempt++) {
    expect(await loginLimiter.consume(loginAttempt('rita', `192.0.2.${attempt}`))).toBeNull();
  }
  expect(await loginLimiter.consume(loginAttempt('rita', '198.51.100.1'))).toBeGreaterThan(0);
  expect(await loginLimiter.consume(loginAttempt('alice', '198.51.100.1'))).toBeNull();
});

it('[SI6] successful attempts do not count', async () => {
  const loginLimiter = createLoginLimiter();
  for (let attempt = 0; attempt < 150; attempt++) {
    expect(await loginLimiter.consume(loginAttempt('rita', ADDRESS))).toBeNull();
    await loginLimiter.recordSuccess(loginAttempt('rita', ADDRESS));
  }
});

it('[SI10] attempts from elsewhere do not block an account in its known networks', async () => {
  const loginLimiter = createLoginLimiter();
  for (let attempt = 0; attempt < 1000; attempt++)
    await loginLimiter.consume(loginAttempt('rita', `198.51.${attempt % 200}.1`));
  expect(await loginLimiter.consume(loginAttempt('rita', ADDRESS))).toBeGreaterThan(0);
  expect(await loginLimiter.consume(loginAttempt('rita', '192.0.2.9', true))).toBeNull();
});
