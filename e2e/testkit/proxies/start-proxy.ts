import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificate } from '../gateway/certificate.ts';
import { httpRequest } from '../gateway/http-client.ts';
import { startChild } from '../processes/child-process.ts';
import { runCommand } from '../processes/run-command.ts';
import { makeTempFolder } from '../processes/temp-folder.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { documentedLines, nginxConfiguration, PROXY_HOST, replaceIn } from './documented-lines.ts';

/** A page of Apache's beside Lampboard. */
export const OTHER_PAGE = 'other.html';

interface ProxySite {
  /** With TLS. */
  readonly port: number;
  /** Without TLS; only Apache listens there. */
  readonly plainPort: number;
  /** Ports of gateways by the path of their public URL, such as `/` or `/lampboard/`. */
  readonly gateways: Readonly<Record<string, number>>;
}

type Context = ProxySite & { readonly folder: string };

interface Proxy {
  readonly program: string;
  readonly args: (file: string, folder: string) => string[];
  readonly configuration: (context: Context) => string;
}

const APACHE = {
  program: 'apache2',
  args: (file: string) => ['-X', '-f', file],
};

/** By name, with the documented lines. */
const PROXIES = {
  Apache: {
    ...APACHE,
    configuration: (context) => apacheConfiguration(context, apacheLocations()),
  },
  'older Apache': {
    ...APACHE,
    configuration: (context) =>
      apacheConfiguration(
        context,
        replaceIn(apacheLocations(), [[/ upgrade=websocket/g, '']]),
        documentedLines('apache', 'RewriteRule'),
      ),
  },
  nginx: {
    program: 'nginx',
    args: (file, folder) => ['-p', folder, '-c', file, '-e', 'error.log'],
    configuration: (context) =>
      replaceIn(nginxConfiguration(forSite(context, documentedLines('nginx', '/lampboard/'))), [
        [/listen 443 ssl;/g, `listen 127.0.0.1:${context.port} ssl;`],
        [/\/etc\/ssl\/pbx\//g, `${context.folder}/`],
      ]),
  },
  Caddy: {
    program: 'caddy',
    args: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
    configuration: (context) => `
{
  admin off
  auto_https disable_redirects
  default_bind 127.0.0.1
  https_port ${context.port}
  storage file_system ${context.folder}
}
${replaceIn(forSite(context, documentedLines('caddy', 'reverse_proxy')), [[/\/etc\/ssl\/pbx\//g, `${context.folder}/`]])}`,
  },
  HAProxy: {
    program: 'haproxy',
    args: (file) => ['-db', '-f', file],
    configuration: (context) =>
      replaceIn(forSite(context, documentedLines('haproxy', 'backend')), [
        [/bind :443 ssl/g, `bind 127.0.0.1:${context.port} ssl`],
        [/\/etc\/ssl\/pbx\//g, `${context.folder}/`],
      ]),
  },
} satisfies Record<string, Proxy>;

export type ProxyName = keyof typeof PROXIES;
export const PROXY_NAMES = Object.keys(PROXIES).filter((name): name is ProxyName => name in PROXIES);

const apacheLocations = () => documentedLines('apache', 'ProxyPass');

const APACHE_MODULES = 'mpm_event authz_core ssl alias proxy proxy_http proxy_wstunnel rewrite'.split(' ');

/** Apache as on a FreePBX: with pages of its own on both ports. */
function apacheConfiguration(context: Context, locations: string, rewrites?: string): string {
  const { folder, port, plainPort } = context;
  return `
ServerRoot "${folder}"
ServerName ${PROXY_HOST}
PidFile apache.pid
ErrorLog error.log
DocumentRoot "${folder}/html"
<Directory "${folder}">
  AllowOverride None
</Directory>
User www-data
Group www-data
${APACHE_MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:${plainPort}
Listen 127.0.0.1:${port}
${forSite(context, locations)}
<VirtualHost *:${port}>
  SSLEngine on
  SSLCertificateFile fullchain.pem
  SSLCertificateKeyFile privkey.pem
  ${rewrites === undefined ? '' : forSite(context, rewrites)}
</VirtualHost>
`;
}

/** Returns documented lines for each gateway. */
function forSite({ gateways }: ProxySite, lines: string): string {
  const blocks = Object.entries(gateways).map(([path, gatewayPort]) =>
    replaceIn(lines, [
      [/\/lampboard\b\/?/g, (text) => (text.endsWith('/') ? path : path.replace(/(?<=.)\/$/, ''))],
      [/127\.0\.0\.1:8080/g, `127.0.0.1:${gatewayPort}`],
    ]),
  );
  return blocks.join('\n');
}

/** Returns the program that is missing for a proxy; null if it is installed. */
export async function missingProxy(name: ProxyName): Promise<string | null> {
  const { program } = PROXIES[name];
  const { code } = await runCommand({ command: 'which', args: [program] });
  return code === 0 ? null : program;
}

/** Starts a proxy with the documented lines; resolves when it passes requests on. */
export async function startProxy(name: ProxyName, site: ProxySite) {
  const { path: folder, stop: removeFolder } = await makeTempFolder();
  const proxy: Proxy = PROXIES[name];
  const certificate = await makeCertificate(folder, PROXY_HOST);
  await copyFile(certificate.LAMPBOARD_TLS_CERT, join(folder, 'fullchain.pem'));
  await copyFile(certificate.LAMPBOARD_TLS_KEY, join(folder, 'privkey.pem'));
  const both = await Promise.all(
    ['fullchain.pem', 'privkey.pem'].map((file) => readFile(join(folder, file))),
  );
  await writeFile(join(folder, 'haproxy.pem'), Buffer.concat(both));
  await mkdir(join(folder, 'html'));
  // Apache's workers are another user.
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'html', OTHER_PAGE), 'another page');
  const file = join(folder, 'configuration');
  await writeFile(file, proxy.configuration({ ...site, folder }));
  const output = join(folder, 'output');
  const child = await startChild({
    command: proxy.program,
    args: proxy.args(file, folder),
    cwd: folder,
    output,
  });
  const [path = '/'] = Object.keys(site.gateways);
  const health = `https://127.0.0.1:${site.port}${path}healthz`;
  await waitUntil(`${name} to pass requests on`, async () => {
    if (!child.isRunning()) throw new Error(await readFile(output, 'utf8'));
    const { status } = await httpRequest(health, { headers: { host: `${PROXY_HOST}:${site.port}` } });
    return status === 200;
  }).catch(async (error: unknown) => {
    await child.kill();
    throw error;
  });
  return {
    async stop() {
      await child.terminate();
      await removeFolder();
    },
  };
}
