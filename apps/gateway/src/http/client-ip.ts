import ipaddr from 'ipaddr.js';
import type { FastifyRequest } from 'fastify';

/**
 * Where a request comes from: the address that a trusted proxy told, with or without the port that some put behind it,
 * else the other end of the connection.
 */
export function clientIp({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  const reported = ip.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[(.+)\](?::\d+)?$/, '$1');
  return ipaddr.isValid(reported) ? reported : (socket.remoteAddress ?? '');
}
