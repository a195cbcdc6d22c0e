import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

interface CertificateOptions {
  /** Such as `DNS:pbx.example`. */
  readonly names: readonly string[];
  readonly expired?: boolean;
  readonly kind?: 'ec' | 'rsa';
}

/** Creates a certificate authority with the machine's `openssl`; nothing stays on disk. */
export function createTestAuthority() {
  const caCertificate = withTempFolder((openssl, read) => {
    const output = ['-keyout', 'key', '-out', 'cert'];
    openssl(...requestArguments('ec'), '-x509', '-days', '2', '-subj', '/CN=Test Authority', ...output);
    return { cert: read('cert'), key: read('key') };
  });
  return {
    /** PEM text of the authority itself. */
    ca: caCertificate.cert,
    /** Issues a certificate valid for two days, or expired yesterday. */
    issueCertificate: ({ names, expired = false, kind = 'ec' }: CertificateOptions): ServerCertificate =>
      withTempFolder((openssl, read, write) => {
        write('ca', caCertificate.cert);
        write('cakey', caCertificate.key);
        write('names', `subjectAltName=${names.join(',')}\n`);
        openssl(...requestArguments(kind), '-subj', '/CN=Test Server', '-keyout', 'key', '-out', 'request');
        const input = '-in request -CA ca -CAkey cakey -CAcreateserial -extfile names'.split(' ');
        openssl('x509', '-req', ...input, '-days', expired ? '-1' : '2', '-out', 'cert');
        return { cert: read('cert'), key: read('key') };
      }),
  };
}

function requestArguments(kind: 'ec' | 'rsa'): string[] {
  const key = kind === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  return ['req', '-nodes', '-newkey', ...key];
}

function withTempFolder<T>(
  work: (
    openssl: (...args: readonly string[]) => void,
    read: (name: string) => string,
    write: (name: string, text: string) => void,
  ) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'lampboard-test-authority-'));
  try {
    return work(
      (...args) => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }),
      (name) => readFileSync(join(folder, name), 'utf8'),
      (name, text) => writeFileSync(join(folder, name), text, { mode: 0o600 }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
