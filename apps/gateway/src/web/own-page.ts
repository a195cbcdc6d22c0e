import { BlockList, isIPv6 } from 'node:net';
import { isLoopback, isLoopbackHost } from '../loopback.ts';
import type { Serving } from '../config/serving.ts';

interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  /** What browsers say of where a request comes from (https://www.w3.org/TR/fetch-metadata/). */
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/** Tells the own page's requests from those that another site's page makes, or that come by a name that only points here. */
export interface OwnPage {
  /** The `Host` is one that people use for this Lampboard: the public address, or on this machine a loopback name. */
  isOwnHost(host: string | undefined): boolean;
  /** The same, and an `Origin`, where there is one, is this page's. Programs that are no browser send none. */
  isOwnRequest(headers: RequestHeaders): boolean;
  /**
   * A proxy has to speak TLS for this Lampboard, and this connection, by the address of its other end, is not that
   * proxy's: a password would go over the network as it is.
   */
  isRoundProxy(peer: string | undefined): boolean;
  /** The other end of the connection is a proxy that is trusted. */
  isFromProxy(peer: string | undefined): boolean;
}

export function createOwnPage({
  host: listensOn,
  publicUrl,
  tls,
  trustedProxies,
}: Pick<Serving, 'host' | 'publicUrl' | 'tls' | 'trustedProxies'>): OwnPage {
  const needsProxy = publicUrl?.protocol === 'https:' && tls === null;
  const proxies = listOf(trustedProxies);
  const isFromProxy = (peer = '') => proxies.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4');
  const isLocal = isLoopback(listensOn);
  const isOwnHost = (host: string | undefined) =>
    host !== undefined && (host === publicUrl?.host || (isLocal && isLoopbackHost(host)));

  return {
    isOwnHost,
    isOwnRequest({ host, origin, 'sec-fetch-site': from = 'same-origin' }) {
      if (!isOwnHost(host) || (from !== 'same-origin' && from !== 'none')) return false;
      if (origin === undefined || origin === publicUrl?.origin) return true;
      return URL.canParse(origin) && new URL(origin).host === host && isLoopbackHost(new URL(origin).host);
    },
    isRoundProxy: (peer) => needsProxy && !isFromProxy(peer),
    isFromProxy,
  };
}

/** Addresses and networks such as `10.0.0.0/8`. */
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
