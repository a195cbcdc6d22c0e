import { join } from 'node:path';
import { execOrThrow } from '../processes/run-command.ts';

/** TLS settings of a gateway with its certificate in a folder. */
export const tlsSettings = (folder: string) => ({
  LAMPBOARD_TLS_CERT: join(folder, 'cert.pem'),
  LAMPBOARD_TLS_KEY: join(folder, 'key.pem'),
});

/** Writes a self-signed certificate into a folder; returns the settings. */
export async function makeCertificate(folder: string, name = 'localhost') {
  const settings = tlsSettings(folder);
  const files = ['-out', settings.LAMPBOARD_TLS_CERT, '-keyout', settings.LAMPBOARD_TLS_KEY];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await execOrThrow({ command: 'openssl', args: ['req', '-x509', ...key, '-subj', `/CN=${name}`, ...files] });
  return settings;
}
