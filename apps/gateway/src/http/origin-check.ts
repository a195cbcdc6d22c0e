import { BlockList, isIPv6 } from 'node:net';
import { isLoopback, isLoopbackHost } from '../platform/network.ts';
import type { HttpConfig } from '../config/serving.ts';

interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  /** What browsers say of where a request comes from (https://www.w3.org/TR/fetch-metadata/). */
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/** Tells the own page's requests from those that another site's page makes, or that come by a name that only points here. */
export interface OriginCheck {
  /** The `Host` is one that people use for this Lampboard: the public address, or on this machine a loopback name. */
  isAllowedHost(host: string | undefined): boolean;
  /** The same, and an `Origin`, where there is one, is this page's. Programs that are no browser send none. */
  isSameOrigin(headers: RequestHeaders): boolean;
  /**
   * A proxy has to speak TLS for this Lampboard, and this connection, by the address of its other end, is not that
   * proxy's: a password would go over the network as it is.
   */
  bypassesProxy(peer: string | undefined): boolean;
  /** The other end of the connection is a proxy that is trusted. */
  isTrustedProxy(peer: string | undefined): boolean;
}

export function createOriginCheck({
  host: listenHost,
  publicUrl,
  tls,
  trustedProxies,
}: Pick<HttpConfig, 'host' | 'publicUrl' | 'tls' | 'trustedProxies'>): OriginCheck {
  const needsProxy = publicUrl?.protocol === 'https:' && tls === null;
  const proxies = toBlockList(trustedProxies);
  const isTrustedProxy = (peer = '') => proxies.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4');
  const isLocal = isLoopback(listenHost);
  const isAllowedHost = (host: string | undefined) =>
    host !== undefined && (host === publicUrl?.host || (isLocal && isLoopbackHost(host)));

  return {
    isAllowedHost,
    isSameOrigin({ host, origin, 'sec-fetch-site': fetchSite = 'same-origin' }) {
      if (!isAllowedHost(host) || (fetchSite !== 'same-origin' && fetchSite !== 'none')) return false;
      if (origin === undefined || origin === publicUrl?.origin) return true;
      return URL.canParse(origin) && new URL(origin).host === host && isLoopbackHost(new URL(origin).host);
    },
    bypassesProxy: (peer) => needsProxy && !isTrustedProxy(peer),
    isTrustedProxy,
  };
}

/** Addresses and networks such as `10.0.0.0/8`. */
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
