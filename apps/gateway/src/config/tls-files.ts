import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { tryOr } from '../platform/failure.ts';
import { configError } from './environment.ts';
import { readText } from './secrets.ts';
import type { TlsPaths } from './serving.ts';

/** Forward secrecy and no CBC, in TLS 1.2 as well. */
const CIPHERS =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20';
const TLS = { minVersion: 'TLSv1.2', ciphers: CIPHERS } as const;

type CertificatePair = Readonly<{ cert: string; key: string } & typeof TLS>;

/** Reads certificate (with its chain) and key, both PEM; throws a {@link StartupError} that names the setting. */
export function readCertificatePair(paths: TlsPaths): CertificatePair {
  const cert = readText('LAMPBOARD_TLS_CERT', paths.cert);
  const key = readText('LAMPBOARD_TLS_KEY', paths.key);
  const certificate = tryOr(() => new X509Certificate(cert), null);
  if (certificate === null)
    return configError(`LAMPBOARD_TLS_CERT names ${paths.cert}, which holds no PEM certificate.`);
  // OpenSSL's errors about a key are not logged.
  const privateKey = tryOr(() => createPrivateKey(key), null);
  if (privateKey === null)
    return configError(
      `LAMPBOARD_TLS_KEY names ${paths.key}, which holds no PEM private key without a passphrase.`,
    );
  if (!certificate.checkPrivateKey(privateKey))
    configError(`LAMPBOARD_TLS_KEY names ${paths.key}, which does not belong to the certificate.`);
  const pair: CertificatePair = { cert, key, ...TLS };
  // Such as a truncated chain, or a key that is too short for OpenSSL.
  if (tryOr(() => createSecureContext(pair), null) === null)
    configError(`LAMPBOARD_TLS_CERT names ${paths.cert}, which can't be used for TLS.`);
  return pair;
}
