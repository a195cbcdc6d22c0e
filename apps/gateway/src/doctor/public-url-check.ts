import { randomBytes } from 'node:crypto';
import type { HttpConfig } from '../config/serving.ts';
import { isLoopbackHost } from '../platform/network.ts';
import { checkExpiry, trustErrorText } from './certificate-check.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import { type RunningLampboard, type ProbeReply, parseHealthz, probeUrl } from './http-probe.ts';

/** Names and networks may be other ones for the users. */
const CODES_OF_NETWORK = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Replies of proxies that do not reach what is behind them. */
const GATEWAY_ERRORS = new Set([502, 503, 504]);
const PROXY_REMEDY = 'see the lines for proxies in docs/administration.md';

interface PublicUrlOptions {
  readonly http: HttpConfig;
  /** On this machine. */
  readonly running: RunningLampboard | null;
  readonly now: number;
}

/** Checks, from this machine, that the public URL leads to this Lampboard, with all that it needs. */
export async function checkPublicUrl({ http, running, now }: PublicUrlOptions): Promise<Finding[]> {
  const { publicUrl } = http;
  if (publicUrl === null) return [];
  const { href } = publicUrl;
  const reply = await probeUrl(new URL('healthz', publicUrl));
  if (!reply.ok) {
    const text = `${href} can't be reached from this machine (${reply.code})`;
    return [
      CODES_OF_NETWORK.has(reply.code)
        ? warning('public URL', text, 'check it from a machine of the users, and LAMPBOARD_PUBLIC_URL')
        : problem('public URL', text, 'check LAMPBOARD_PUBLIC_URL, and that the proxy runs'),
    ];
  }
  const findings = checkTrust(reply, { href, now });
  const found = parseHealthz(reply);
  if (found === null) return [...findings, notLampboard(reply, href)];
  if (running !== null && found.store !== running.store)
    return [
      ...findings,
      problem(
        'public URL',
        `another Lampboard answers at ${href}`,
        'check LAMPBOARD_PUBLIC_URL, and where the proxy leads to',
      ),
    ];
  return [...findings, ...(await checkProxy(http, publicUrl, found.forwarded))];
}

function checkTrust(
  { certificate, tlsError }: ProbeReply,
  { href, now }: { href: string; now: number },
): Finding[] {
  if (certificate === null) return [];
  if (tlsError === null || tlsError === 'CERT_HAS_EXPIRED')
    return [checkExpiry('public URL', `the certificate of ${href}`, certificate.valid_to, now)];
  const text = `the certificate of ${href} is not trusted by this machine: ${trustErrorText(tlsError)} (${tlsError})`;
  // Browsers may know a CA that Node does not.
  return tlsError === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? [problem('public URL', text, 'have one issued for that name')]
    : [warning('public URL', text, 'see that the browsers of the users trust it')];
}

function notLampboard({ status }: ProbeReply, href: string): Finding {
  if (GATEWAY_ERRORS.has(status))
    return problem(
      'public URL',
      `the proxy at ${href} does not reach Lampboard (HTTP ${status})`,
      'start Lampboard, and let the proxy lead to LAMPBOARD_HOST and LAMPBOARD_PORT',
    );
  return problem('public URL', `what answers at ${href} is not Lampboard (HTTP ${status})`, PROXY_REMEDY);
}

/** Checks what a proxy has to pass on: host, client address and WebSockets. */
async function checkProxy(http: HttpConfig, publicUrl: URL, isForwarded: boolean): Promise<Finding[]> {
  const me = await probeUrl(new URL('api/me', publicUrl), { origin: publicUrl.origin });
  if (!me.ok || me.status !== 401)
    return [problem('public URL', rejectionText(me.ok ? me : null, publicUrl.href), PROXY_REMEDY)];
  const findings: Finding[] = [];
  if (http.tls === null && http.trustedProxies.length > 0 && !isForwarded)
    findings.push(
      problem(
        'public URL',
        'the proxy does not pass on the addresses of clients, so that all of them count as one',
        `have it set X-Forwarded-For; ${PROXY_REMEDY}`,
      ),
    );
  if (await passesWebSockets(publicUrl))
    findings.push(ok('public URL', `${publicUrl.href} leads to this Lampboard, WebSockets too`));
  else
    findings.push(
      warning(
        'public URL',
        `${publicUrl.href} leads to this Lampboard, but passes no WebSockets: boards fall back to long polling, which costs more`,
        `have the proxy pass on Upgrade and Connection; ${PROXY_REMEDY}`,
      ),
    );
  if (publicUrl.protocol === 'http:' && !isLoopbackHost(publicUrl.host))
    findings.push(
      warning(
        'public URL',
        `${publicUrl.href} is not encrypted: passwords can be read on the network`,
        'use https',
      ),
    );
  return findings;
}

/** The gateway's own message says what to do. */
function rejectionText(reply: ProbeReply | null, href: string): string {
  const message = /"message":"((?:[^"\\]|\\.)*)"/.exec(reply?.body ?? '')?.[1];
  return `Lampboard rejects requests that come by ${href}: ${message?.replace(/\.$/, '') ?? `HTTP ${reply?.status ?? 'error'}`}`;
}

/** A gateway answers the handshake of a socket without a session with 403, and one that is no WebSocket with 400. */
async function passesWebSockets(publicUrl: URL): Promise<boolean> {
  const reply = await probeUrl(new URL('socket.io/?EIO=4&transport=websocket', publicUrl), {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin: publicUrl.origin,
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-version': '13',
  });
  return reply.ok && reply.status === 403 && reply.headers['content-security-policy'] !== undefined;
}
