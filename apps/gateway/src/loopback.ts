import { BlockList, isIP } from 'node:net';

/** True for `localhost` and every loopback address of IPv4 and IPv6. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** The same for a `Host` header, with or without its port. */
export function isLoopbackHost(header: string): boolean {
  if (!URL.canParse(`http://${header}`)) return false;
  return isLoopback(new URL(`http://${header}`).hostname.replace(/^\[(.*)\]$/, '$1'));
}
