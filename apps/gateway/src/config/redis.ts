import { type Environment, type Read, fault } from './environment.ts';
import { readSecret } from './secret.ts';

/** The Redis that joins several gateways; null where there is one alone. It may hold a password, and is never repeated. */
export function readRedis(values: Environment): Read<URL | null> {
  const address = readSecret(values, 'LAMPBOARD_REDIS_URL');
  if (!address.ok || address.value === null) return address.ok ? { ok: true, value: null } : address;
  const { value } = address;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isRedis = url !== null && /^rediss?:$/.test(url.protocol) && /^(\/\d*)?$/.test(url.pathname);
  if (isRedis) return { ok: true, value: url };
  return fault(
    'LAMPBOARD_REDIS_URL is not an address such as redis://127.0.0.1:6379/0, or rediss:// for TLS.',
  );
}

/** The link that makes the first administrator is one process's own: with several there has to be an account already. */
export function missingForSeveral({ redis }: { redis: URL | null }, hasAccounts: boolean): string | null {
  if (redis === null || hasAccounts) return null;
  return 'LAMPBOARD_REDIS_URL is set, and there is no account yet. Make the first one: `npm run lampboard -- account add NAME --role admin --password-stdin`';
}
