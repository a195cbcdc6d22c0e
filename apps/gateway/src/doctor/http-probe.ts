import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { z } from 'zod';
import type { HttpConfig } from '../config/serving.ts';
import { hostAndPort } from '../platform/network.ts';
import { tryOr } from '../platform/failure.ts';
import { errorCode } from '../platform/text-file.ts';

const TIMEOUT_MS = 5000;
const MAX_BODY_BYTES = 64 * 1024;

/** A reply, whatever its status. With TLS its certificate, and Node's code of why it is not trusted. */
export interface ProbeReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly certificate: DetailedPeerCertificate | null;
  readonly tlsError: string | null;
}

/** `code`: the system's, such as `ECONNREFUSED`. */
export type Probe = ({ readonly ok: true } & ProbeReply) | { readonly ok: false; readonly code: string };

/** Requests a URL once, without following redirects. An untrusted certificate is reported, and nothing secret is sent. */
export function probeUrl(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Probe> {
  return new Promise((resolve) => {
    const options = { headers, agent: false, rejectUnauthorized: false, timeout: TIMEOUT_MS };
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    const fail = (code: string) => {
      resolve({ ok: false, code });
      request.destroy();
    };
    const timer = setTimeout(fail, TIMEOUT_MS, 'ETIMEDOUT');
    request.on('close', () => clearTimeout(timer));
    request.on('error', (error) => fail(errorCode(error)));
    // Accepted as a WebSocket, which takes a session.
    request.on('upgrade', (response, socket) => {
      resolve({ ok: true, ...replyOf(response, '') });
      socket.destroy();
    });
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length > MAX_BODY_BYTES) finish();
      });
      response.on('end', finish);
      response.on('error', (error) => fail(errorCode(error)));
      function finish(): void {
        resolve({ ok: true, ...replyOf(response, body) });
        request.destroy();
      }
    });
    request.end();
  });
}

function replyOf({ statusCode = 0, headers, socket }: IncomingMessage, body: string): ProbeReply {
  const tls = socket instanceof TLSSocket ? socket : null;
  // Node sets a code here, despite the type.
  const tlsError: unknown = tls?.authorizationError;
  return {
    status: statusCode,
    headers,
    body,
    certificate: tls?.getPeerCertificate(true) ?? null,
    tlsError: typeof tlsError === 'string' ? tlsError : null,
  };
}

/** What the probe `/healthz` of a gateway says of it. */
const healthz = z.object({
  status: z.literal('serving'),
  version: z.string(),
  store: z.string(),
  forwarded: z.boolean(),
});

/** Reads a reply of `/healthz`; null if it is not a Lampboard's. */
export function parseHealthz({ status, body }: ProbeReply) {
  if (status !== 200) return null;
  return healthz.safeParse(tryOr((): unknown => JSON.parse(body), null)).data ?? null;
}

/** The Lampboard that answers at the address to listen on; null if none does. */
export interface RunningLampboard {
  readonly version: string;
  readonly store: string;
  readonly isLive: boolean;
}

export async function probeLampboard(
  http: Pick<HttpConfig, 'host' | 'port' | 'tls'>,
): Promise<RunningLampboard | null> {
  const address = listenerUrl(http);
  const reply = await probeUrl(new URL('healthz', address));
  const found = reply.ok ? parseHealthz(reply) : null;
  if (found === null) return null;
  const ready = await probeUrl(new URL('readyz', address));
  return { ...found, isLive: ready.ok && ready.status === 200 };
}

/** Address of the gateway on this machine. */
function listenerUrl({ host, port, tls }: Pick<HttpConfig, 'host' | 'port' | 'tls'>): URL {
  const local = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return new URL(`${tls === null ? 'http' : 'https'}://${hostAndPort(local, port)}/`);
}
