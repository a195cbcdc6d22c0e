import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { makeTempFolder } from '../processes/temp-folder.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { httpRequest } from '../gateway/http-client.ts';

/** Nothing listens there (https://www.rfc-editor.org/rfc/rfc863). */
const NO_PORT = 9;

interface BalancerOptions {
  /** A free port by default. */
  port?: number;
  /** Files of a certificate; without it, HTTP. */
  tls?: { cert: string; key: string };
  /** Leaves out the lines that match. */
  without?: RegExp;
}

/** nginx in front of gateways, as in docs/administration.md; resolves when it answers. */
export async function startBalancer(ports: readonly number[], options: BalancerOptions = {}) {
  const { path: folder, stop: removeFolder } = await makeTempFolder();
  const { port = await freePort(), tls, without } = options;
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`;
  const file = join(folder, 'nginx.conf');
  await mkdir(join(folder, 'temp'));
  const lines = configuration({ port, ports, folder, tls }).split('\n');
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
      child.signal('SIGTERM');
      await child.exited;
      await removeFolder();
    },
  };
}

function configuration(options: {
  port: number;
  ports: readonly number[];
  folder: string;
  tls: BalancerOptions['tls'];
}): string {
  const { port, ports, folder, tls } = options;
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events {}
http {
  access_log off;
  ${temps.map((kind) => `${kind}_temp_path ${join(folder, 'temp', kind)};`).join('\n  ')}
  upstream lampboard {
    ${(ports.length === 0 ? [NO_PORT] : ports).map((upstreamPort) => `server 127.0.0.1:${upstreamPort} fail_timeout=2s;`).join('\n    ')}
  }
  server {
    listen 127.0.0.1:${port}${tls === undefined ? '' : ` ssl;\n    ssl_certificate ${tls.cert};\n    ssl_certificate_key ${tls.key}`};
    location / {
      proxy_pass http://lampboard;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_connect_timeout 1s;
      proxy_read_timeout 7s;
    }
  }
}
`;
}
