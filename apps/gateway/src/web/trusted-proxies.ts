import ipaddr from 'ipaddr.js';

/** Tells the addresses of trusted proxies, each an address or a network such as `10.0.0.0/8`, from all others. */
export function createIsTrusted(proxies: readonly string[]): (address: string) => boolean {
  const trusted = proxies.map((proxy): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
    if (ipaddr.isValidCIDR(proxy)) return ipaddr.parseCIDR(proxy);
    const address = ipaddr.process(proxy);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
  return (address) =>
    ipaddr.isValid(address) &&
    ipaddr.subnetMatch(ipaddr.process(address), { trusted }, 'other') === 'trusted';
}
