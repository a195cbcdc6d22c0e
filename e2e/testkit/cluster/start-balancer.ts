import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { makeTempFolder } from '../processes/temp-folder.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { httpRequest } from '../gateway/http-client.ts';
import { documentedLines, nginxConfiguration, replaceIn } from '../proxies/documented-lines.ts';

/** Nothing listens there (https://www.rfc-editor.org/rfc/rfc863). */
const NO_PORT = 9;

interface BalancerOptions {
  /** A free port by default. */
  port?: number;
  /** Files of a certificate; without it, HTTP. */
  tls?: { cert: string; key: string } | undefined;
  /** Leaves out the lines that match. */
  without?: RegExp;
}

/** nginx in front of gateways, with the documented lines; resolves when it answers. */
export async function startBalancer(ports: readonly number[], options: BalancerOptions = {}) {
  const { path: folder, stop: removeFolder } = await makeTempFolder();
  const { port = await freePort(), tls, without } = options;
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`;
  const file = join(folder, 'nginx.conf');
  const lines = configuration({ port, ports, tls }).split('\n');
  await writeFile(file, lines.filter((line) => !without?.test(line)).join('\n'));
  const child = await startChild({ command: 'nginx', args: ['-p', folder, '-c', file, '-e', 'error.log'] });
  await waitUntil('nginx to answer', async () => {
    if (!child.isRunning()) throw new Error('nginx ended');
    const { status } = await httpRequest(`${url}healthz`);
    return ports.length === 0 ? status > 0 : status === 200;
  });
  return {
    url,
    async stop() {
      await child.terminate();
      await removeFolder();
    },
  };
}

function configuration({
  port,
  ports,
  tls,
}: Pick<BalancerOptions, 'tls'> & { port: number; ports: readonly number[] }): string {
  const upstream = ports.length === 0 ? [NO_PORT] : ports;
  const servers = upstream.map((upstreamPort) => `  server 127.0.0.1:${upstreamPort} fail_timeout=2s;\n`);
  const certificate = tls && `ssl_certificate ${tls.cert};\n  ssl_certificate_key ${tls.key};\n`;
  return nginxConfiguration(
    replaceIn(documentedLines('nginx', 'upstream'), [
      [/(?: +server 127\.0\.0\.1:\d+ fail_timeout=2s;\n)+/g, servers.join('')],
      [/listen 443 ssl;/g, `listen 127.0.0.1:${port}${tls === undefined ? '' : ' ssl'};`],
      [/(?: +ssl_certificate.*\n)+/g, certificate ?? ''],
    ]),
  );
}
