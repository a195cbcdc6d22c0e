import ipaddr from 'ipaddr.js';
import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** True for `localhost` and every loopback address of IPv4 and IPv6, with or without brackets. */
export const isLoopback = (host: string): boolean => isLoopbackHost(isIP(host) === 6 ? `[${host}]` : host);

/** The same for a `Host` header, with or without its port. */
export function isLoopbackHost(header: string): boolean {
  if (!URL.canParse(`http://${header}`)) return false;
  const host = withoutBrackets(new URL(`http://${header}`).hostname);
  const family = isIP(host);
  if (family === 0) return /^localhost\.?$/.test(host);
  return LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Returns `::1` for `[::1]`. */
export const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/** Returns `host:port`, with an IPv6 address in brackets. */
export const hostAndPort = (host: string, port: number) => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** Returns the unit of rate limits: an IPv4 address, or the first 56 bits of an IPv6 address. */
export function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 7).join('.') : parsed.toString();
}
