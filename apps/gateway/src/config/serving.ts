import { hostAndPort, isLoopback, isLoopbackHost, withoutBrackets } from '../platform/network.ts';
import { type Environment, configError } from './environment.ts';

export interface TlsPaths {
  readonly cert: string;
  readonly key: string;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** The address that users type; null: only this machine is served. */
  readonly publicUrl: URL | null;
  /** Path of the public URL: `/`, or one such as `/lampboard/`. */
  readonly basePath: string;
  readonly tls: TlsPaths | null;
  /** Addresses and networks of proxies whose forwarded client addresses are trusted. */
  readonly trustedProxies: readonly string[];
  /** Others may see the demo PBX, by any host name and without TLS. */
  readonly isDemoPublic: boolean;
}

export function readHttpConfig(values: Environment): HttpConfig {
  const { LAMPBOARD_TLS_CERT: cert, LAMPBOARD_TLS_KEY: key, LAMPBOARD_PUBLIC_URL: publicUrl = null } = values;
  if ((cert === undefined) !== (key === undefined))
    configError('LAMPBOARD_TLS_CERT and LAMPBOARD_TLS_KEY belong together; one of them is missing.');
  const tls = cert === undefined || key === undefined ? null : { cert, key };
  const trustedProxies = values.LAMPBOARD_TRUSTED_PROXIES ?? [];
  const host = withoutBrackets(values.LAMPBOARD_HOST ?? '127.0.0.1');
  const isBehindProxy =
    isLoopback(host) && publicUrl !== null && !isLoopbackHost(publicUrl.host) && tls === null;
  if (isBehindProxy && trustedProxies.length === 0)
    configError(
      'LAMPBOARD_TRUSTED_PROXIES is missing: the address of the proxy between LAMPBOARD_PUBLIC_URL and Lampboard, such as 127.0.0.1. Without it all clients would count as one.',
    );
  const basePath = publicUrl?.pathname ?? '/';
  const { LAMPBOARD_PORT: port, LAMPBOARD_DEMO_PUBLIC: isDemoPublic } = values;
  return { host, port, publicUrl, basePath, tls, trustedProxies, isDemoPublic };
}

/** Returns the page's address, which ends with a slash: the public one, else on this machine. */
export function pageUrl({ publicUrl, tls, host, port }: HttpConfig): string {
  return publicUrl?.href ?? `${tls === null ? 'http' : 'https'}://${hostAndPort(host, port)}/`;
}

interface PublicServingConfig {
  readonly http: HttpConfig;
  /** Empty: the demo PBX. */
  readonly pbxs: readonly unknown[];
}

/** Returns an error where others could reach the demo PBX, whose accounts need no password, unasked; null otherwise. */
export function checkDemoServing({ http, pbxs }: PublicServingConfig): string | null {
  const { host, publicUrl, isDemoPublic } = http;
  if (pbxs.length > 0 || isDemoPublic) return null;
  if (!isLoopback(host)) return `LAMPBOARD_HOST is ${host}, ${NO_ASTERISK}`;
  if (publicUrl === null || isLoopbackHost(publicUrl.host)) return null;
  return `LAMPBOARD_PUBLIC_URL is ${publicUrl.href}, ${NO_ASTERISK}`;
}

const NO_ASTERISK =
  'which others can reach, but LAMPBOARD_AMI_HOST is missing: the demo PBX, whose accounts need no password, is for this machine only. Is this the folder with the file .env?';

/** Returns one line with all that is missing before others may reach this address; null: nothing. */
export function checkPublicServing({ http, pbxs }: PublicServingConfig, hasAccounts: boolean): string | null {
  const { host, publicUrl, tls, trustedProxies } = http;
  if (isLoopback(host) || http.isDemoPublic) return checkDemoServing({ http, pbxs });
  const missing = [
    pbxs.length > 0 ||
      'LAMPBOARD_AMI_HOST, the Asterisk to show (the demo PBX is for this machine only, or for everyone with LAMPBOARD_DEMO_PUBLIC=true)',
    publicUrl?.protocol === 'https:' || 'LAMPBOARD_PUBLIC_URL, the https:// address that users type',
    tls !== null ||
      trustedProxies.length > 0 ||
      'TLS: LAMPBOARD_TLS_CERT and LAMPBOARD_TLS_KEY, or a proxy with TLS in front and its address in LAMPBOARD_TRUSTED_PROXIES',
    hasAccounts || 'an account: `lampboard account add NAME --role admin --password-stdin`',
  ].filter((item) => item !== true);
  if (missing.length === 0) return null;
  return `LAMPBOARD_HOST is ${host}, which others can reach. Nothing is served there yet; missing: ${missing.join('; ')}.`;
}
