import ipaddr from 'ipaddr.js';
import type { FastifyRequest } from 'fastify';

/** Returns the address that a trusted proxy forwarded, without its port, else the peer's address. */
export function clientIp({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  const reported = ip.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[(.+)\](?::\d+)?$/, '$1');
  return ipaddr.isValid(reported) ? reported : (socket.remoteAddress ?? '');
}
