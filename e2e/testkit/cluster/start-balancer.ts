import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { makeTempFolder } from '../processes/temp-folder.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { httpRequest } from '../gateway/http-client.ts';

/** nginx in front of gateways, as in docs/administration.md. */
export async function startBalancer(ports: readonly number[]) {
  const { path: folder, stop: removeFolder } = await makeTempFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const file = join(folder, 'nginx.conf');
  await mkdir(join(folder, 'temp'));
  await writeFile(file, configuration(port, ports, folder));
  const child = await startChild({ command: 'nginx', args: ['-p', folder, '-c', file, '-e', 'error.log'] });
  await waitUntil('nginx to pass requests on', async () => {
    if (!child.isRunning()) throw new Error('nginx ended');
    return (await httpRequest(`${url}healthz`)).status === 200;
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

function configuration(port: number, ports: readonly number[], folder: string): string {
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
    ${ports.map((upstreamPort) => `server 127.0.0.1:${upstreamPort} fail_timeout=2s;`).join('\n    ')}
  }
  server {
    listen 127.0.0.1:${port};
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
