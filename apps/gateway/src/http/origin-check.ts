import { BlockList, isIPv6 } from 'node:net';
import { isLoopback, isLoopbackHost } from '../platform/network.ts';
import type { HttpConfig } from '../config/serving.ts';

interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  /** https://www.w3.org/TR/fetch-metadata/ */
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/** Detects requests of other sites' pages, and those by foreign host names (DNS rebinding). */
export type OriginCheck = ReturnType<typeof createOriginCheck>;

export function createOriginCheck({
  host: listenHost,
  publicUrl,
  tls,
  trustedProxies,
  isDemoPublic,
}: Pick<HttpConfig, 'host' | 'publicUrl' | 'tls' | 'trustedProxies' | 'isDemoPublic'>) {
  const needsProxy = publicUrl?.protocol === 'https:' && tls === null;
  const proxies = toBlockList(trustedProxies);
  const isTrustedProxy = (peer = '') => proxies.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4');
  const isLocal = isLoopback(listenHost);
  const isDirectHost = (host: string) => isDemoPublic || isLoopbackHost(host);
  const isAllowedHost = (host: string | undefined) =>
    host !== undefined && (host === publicUrl?.host || ((isLocal || isDemoPublic) && isDirectHost(host)));

  return {
    /** True for the public host, for loopback names when listening on loopback, and for every name of a public demo. */
    isAllowedHost,
    /** True for an allowed host and the same `Origin`, if there is one; only browsers send it. */
    isSameOrigin({ host, origin, 'sec-fetch-site': fetchSite = 'same-origin' }: RequestHeaders) {
      if (!isAllowedHost(host) || (fetchSite !== 'same-origin' && fetchSite !== 'none')) return false;
      if (origin === undefined || origin === publicUrl?.origin) return true;
      return URL.canParse(origin) && new URL(origin).host === host && isDirectHost(new URL(origin).host);
    },
    /** True if a proxy should provide TLS and the peer is not that proxy. */
    bypassesProxy: (peer: string | undefined) => needsProxy && !isTrustedProxy(peer),
    isTrustedProxy,
  };
}

function toBlockList(networks: readonly string[]): BlockList {
  const blockList = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) blockList.addAddress(address, family);
    else blockList.addSubnet(address, Number(bits), family);
  }
  return blockList;
}
