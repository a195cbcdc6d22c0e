import type { AmiEndpoint } from '@lampboard/ami';
import ipaddr from 'ipaddr.js';
import { isLoopback, isLoopbackHost, withoutBrackets } from '../platform/network.ts';
import { type Environment, type ConfigResult, configError, parseList } from './environment.ts';

/** Paths of the gateway's own certificate and key. */
export interface TlsPaths {
  readonly cert: string;
  readonly key: string;
}

/** Where and how the gateway serves. */
export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** What people type to come here; null where only this machine does. */
  readonly publicUrl: URL | null;
  readonly tls: TlsPaths | null;
  /** Addresses and networks of proxies that are believed when they say whom they speak for. */
  readonly trustedProxies: readonly string[];
}

export function readHttpConfig(values: Environment): ConfigResult<HttpConfig> {
  const { LAMPBOARD_TLS_CERT: cert, LAMPBOARD_TLS_KEY: key, LAMPBOARD_PUBLIC_URL: publicUrl = null } = values;
  if ((cert === undefined) !== (key === undefined)) {
    return configError('LAMPBOARD_TLS_CERT and LAMPBOARD_TLS_KEY belong together; one of them is missing.');
  }
  if (publicUrl !== null && !isHttpOrigin(publicUrl)) {
    return configError(
      'LAMPBOARD_PUBLIC_URL is not an address such as https://lampboard.example.org, without a path.',
    );
  }
  const trustedProxies = parseList(values.LAMPBOARD_TRUSTED_PROXIES);
  const invalidProxy = trustedProxies.find((proxy) => !ipaddr.isValid(proxy) && !ipaddr.isValidCIDR(proxy));
  if (invalidProxy !== undefined) {
    return configError(
      `LAMPBOARD_TRUSTED_PROXIES holds ${invalidProxy}, which is neither an address nor a network such as 10.0.0.0/8.`,
    );
  }
  const host = withoutBrackets(values.LAMPBOARD_HOST ?? '127.0.0.1');
  const isBehindProxy =
    isLoopback(host) && publicUrl !== null && !isLoopbackHost(publicUrl.host) && cert === undefined;
  if (isBehindProxy && trustedProxies.length === 0) {
    return configError(
      'LAMPBOARD_TRUSTED_PROXIES is missing: the address of what stands between LAMPBOARD_PUBLIC_URL and Lampboard, such as 127.0.0.1. Without it everybody would count as one.',
    );
  }
  return {
    ok: true,
    value: {
      host,
      port: values.LAMPBOARD_PORT,
      publicUrl,
      tls: cert === undefined || key === undefined ? null : { cert, key },
      trustedProxies,
    },
  };
}

interface PublicServingConfig {
  readonly http: HttpConfig;
  readonly ami: AmiEndpoint | null;
}

/** Refuses the demo PBX, whose accounts need no password, where others can reach it; null where all is well. */
export function checkDemoServing({ http: { host, publicUrl }, ami }: PublicServingConfig): string | null {
  if (ami !== null) return null;
  if (!isLoopback(host)) return `LAMPBOARD_HOST is ${host}, ${NO_ASTERISK}`;
  if (publicUrl === null || isLoopbackHost(publicUrl.host)) return null;
  return `LAMPBOARD_PUBLIC_URL is ${publicUrl.origin}, ${NO_ASTERISK}`;
}

const NO_ASTERISK =
  'which others can reach, but LAMPBOARD_AMI_HOST is missing: the demo PBX, whose accounts need no password, is for this machine only. Is this the folder with the file .env?';

/**
 * What is missing before others may reach this address, one line; null where nothing is. Without TLS, its own or a
 * proxy's, passwords and messages would be there for everybody on the way.
 */
export function checkPublicServing({ http, ami }: PublicServingConfig, hasAccounts: boolean): string | null {
  const { host, publicUrl, tls, trustedProxies } = http;
  if (isLoopback(host)) return checkDemoServing({ http, ami });
  const missing = [
    ami !== null || 'LAMPBOARD_AMI_HOST, the Asterisk to show (the demo PBX is for this machine only)',
    publicUrl?.protocol === 'https:' || 'LAMPBOARD_PUBLIC_URL, the https:// address that people type',
    tls !== null ||
      trustedProxies.length > 0 ||
      'TLS: LAMPBOARD_TLS_CERT and LAMPBOARD_TLS_KEY, or a proxy with TLS in front and its address in LAMPBOARD_TRUSTED_PROXIES',
    hasAccounts || 'an account: `npm run lampboard -- account add NAME --role admin --password-stdin`',
  ].filter((item) => item !== true);
  if (missing.length === 0) return null;
  return `LAMPBOARD_HOST is ${host}, which others can reach. Nothing is served there yet; missing: ${missing.join('; ')}.`;
}

const isHttpOrigin = (url: URL) => /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
