import type { Target } from '@lampboard/ami';
import { type Environment, type Read, fault, givenOf } from './environment.ts';
import { withoutBrackets } from '../loopback.ts';
import { readSecret, readText } from './secret.ts';

/** The Asterisk to follow; null where none is configured. */
export function readAmi(values: Environment): Read<Target | null> {
  const { LAMPBOARD_AMI_HOST: host, LAMPBOARD_AMI_PORT: port = 5038 } = values;
  if (host === undefined) {
    const stray = givenOf(values, 'LAMPBOARD_AMI_');
    if (stray === undefined) return { ok: true, value: null };
    return fault(`${stray} is set, but LAMPBOARD_AMI_HOST is missing beside it.`);
  }
  const username = values.LAMPBOARD_AMI_USERNAME;
  if (username === undefined) return fault('LAMPBOARD_AMI_USERNAME is missing beside LAMPBOARD_AMI_HOST.');
  const secret = readSecret(values, 'LAMPBOARD_AMI_SECRET');
  if (!secret.ok) return secret;
  if (secret.value === null) {
    return fault('LAMPBOARD_AMI_SECRET or LAMPBOARD_AMI_SECRET_FILE is missing beside LAMPBOARD_AMI_HOST.');
  }
  const tls = readAmiTls(values);
  if (!tls.ok) return tls;
  const target = { host: withoutBrackets(host), port, username, secret: secret.value };
  return { ok: true, value: tls.value === null ? target : { ...target, tls: tls.value } };
}

function readAmiTls(values: Environment): Read<NonNullable<Target['tls']> | null> {
  const { LAMPBOARD_AMI_TLS_CA: caFile, LAMPBOARD_AMI_TLS_SERVER_NAME: serverName = null } = values;
  if (!values.LAMPBOARD_AMI_TLS) {
    if (caFile === undefined && serverName === null) return { ok: true, value: null };
    return fault(
      'LAMPBOARD_AMI_TLS_CA or LAMPBOARD_AMI_TLS_SERVER_NAME is set, but LAMPBOARD_AMI_TLS is not true.',
    );
  }
  if (caFile === undefined) return { ok: true, value: { ca: null, serverName } };
  const ca = readText('LAMPBOARD_AMI_TLS_CA', caFile);
  if (!ca.ok) return ca;
  // Node takes text without a certificate in it for an authority that vouches for nobody.
  if (!ca.value.includes('-----BEGIN CERTIFICATE-----')) {
    return fault(`LAMPBOARD_AMI_TLS_CA names ${caFile}, which holds no PEM certificate.`);
  }
  return { ok: true, value: { ca: ca.value, serverName } };
}
