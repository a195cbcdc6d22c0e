import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { isIP } from 'node:net';
import type { AmiEndpoint } from '@lampboard/ami';
import { toConfigResult } from '../config/environment.ts';
import { readCertificatePair } from '../config/tls-files.ts';
import type { HttpConfig } from '../config/serving.ts';
import { type CheckName, type Finding, count, ok, problem, warning } from './finding.ts';

const DAY_MS = 86_400_000;
const WARN_DAYS = 30;
const TIMEOUT_MS = 5000;

/** Checks the certificate that Lampboard itself serves with; nothing where it has none. */
export function checkServerCertificate({ tls, publicUrl }: HttpConfig, now: number): Finding[] {
  if (tls === null) return [];
  const read = toConfigResult(() => readCertificatePair(tls));
  if (!read.ok) return [problem('certificate', read.message.replace(/\.$/, ''))];
  const certificate = new X509Certificate(read.value.cert);
  const findings = [checkExpiry('certificate', `LAMPBOARD_TLS_CERT ${tls.cert}`, certificate.validTo, now)];
  if (publicUrl !== null && !matchesHost(certificate, publicUrl.hostname))
    findings.push(
      problem(
        'certificate',
        `LAMPBOARD_TLS_CERT ${tls.cert} is not for ${publicUrl.hostname}, the name in LAMPBOARD_PUBLIC_URL`,
        'have one issued for that name',
      ),
    );
  return findings;
}

function matchesHost(certificate: X509Certificate, hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}

/** `validTo` is as Node writes it. `subject` is the beginning of a sentence. */
export function checkExpiry(check: CheckName, subject: string, validTo: string, now: number): Finding {
  const end = Date.parse(validTo);
  const date = new Date(end).toISOString().slice(0, 10);
  const days = Math.floor((end - now) / DAY_MS);
  if (end <= now) return problem(check, `${subject} expired on ${date}`, 'renew it');
  if (days < WARN_DAYS)
    return warning(check, `${subject} expires in ${count(days, 'day')}, on ${date}`, 'renew it');
  return ok(check, `${subject} is valid until ${date}`);
}

/** Why Node does not trust a certificate, by its code; else its CA is unknown. */
export function trustErrorText(code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'it has expired';
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet; is the clock right?';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'it is for another name';
    default:
      return 'its CA is unknown';
  }
}

/** Resolves to when Asterisk's certificate ends, as Node writes it; null where that can't be read. Nothing is sent. */
export function amiCertificateEnd({
  host,
  port,
}: Pick<AmiEndpoint, 'host' | 'port'>): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: TIMEOUT_MS });
    const finish = (end: string | null) => {
      resolve(end);
      socket.destroy();
    };
    socket.on('secureConnect', () => finish(socket.getPeerX509Certificate()?.validTo ?? null));
    socket.on('timeout', () => finish(null));
    socket.on('error', () => finish(null));
    socket.on('close', () => finish(null));
  });
}
