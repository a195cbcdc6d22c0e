import type { AmiEndpoint } from '@lampboard/ami';
import { type Environment, type ConfigResult, configError, firstSetting } from './environment.ts';
import { withoutBrackets } from '../platform/network.ts';
import { readSecret, readText } from './secrets.ts';

/** The Asterisk to follow; null where none is configured. */
export function readAmi(values: Environment): ConfigResult<AmiEndpoint | null> {
  const { LAMPBOARD_AMI_HOST: host, LAMPBOARD_AMI_PORT: port = 5038 } = values;
  if (host === undefined) {
    const dependentSetting = firstSetting(values, 'LAMPBOARD_AMI_');
    if (dependentSetting === undefined) return { ok: true, value: null };
    return configError(`${dependentSetting} is set, but LAMPBOARD_AMI_HOST is missing beside it.`);
  }
  const username = values.LAMPBOARD_AMI_USERNAME;
  if (username === undefined)
    return configError('LAMPBOARD_AMI_USERNAME is missing beside LAMPBOARD_AMI_HOST.');
  const secret = readSecret(values, 'LAMPBOARD_AMI_SECRET');
  if (!secret.ok) return secret;
  if (secret.value === null) {
    return configError(
      'LAMPBOARD_AMI_SECRET or LAMPBOARD_AMI_SECRET_FILE is missing beside LAMPBOARD_AMI_HOST.',
    );
  }
  const tls = readAmiTls(values);
  if (!tls.ok) return tls;
  const endpoint = { host: withoutBrackets(host), port, username, secret: secret.value };
  return { ok: true, value: tls.value === null ? endpoint : { ...endpoint, tls: tls.value } };
}

function readAmiTls(values: Environment): ConfigResult<NonNullable<AmiEndpoint['tls']> | null> {
  const { LAMPBOARD_AMI_TLS_CA: caFile, LAMPBOARD_AMI_TLS_SERVER_NAME: serverName = null } = values;
  if (!values.LAMPBOARD_AMI_TLS) {
    if (caFile === undefined && serverName === null) return { ok: true, value: null };
    return configError(
      'LAMPBOARD_AMI_TLS_CA or LAMPBOARD_AMI_TLS_SERVER_NAME is set, but LAMPBOARD_AMI_TLS is not true.',
    );
  }
  if (caFile === undefined) return { ok: true, value: { ca: null, serverName } };
  const ca = readText('LAMPBOARD_AMI_TLS_CA', caFile);
  if (!ca.ok) return ca;
  // Node takes text without a certificate in it for an authority that vouches for nobody.
  if (!ca.value.includes('-----BEGIN CERTIFICATE-----')) {
    return configError(`LAMPBOARD_AMI_TLS_CA names ${caFile}, which holds no PEM certificate.`);
  }
  return { ok: true, value: { ca: ca.value, serverName } };
}
