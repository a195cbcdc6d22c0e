import ipaddr from 'ipaddr.js';

/** Returns the network that counts as one client: an IPv4 address, or the first 56 bits of an IPv6 address. */
export function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 7).join('.') : parsed.toString();
}
