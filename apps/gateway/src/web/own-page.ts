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
}

export function createOwnPage({ host: listensOn, publicUrl }: Pick<Serving, 'host' | 'publicUrl'>): OwnPage {
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
  };
}
