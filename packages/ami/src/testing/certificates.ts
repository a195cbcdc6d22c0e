import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority {
  /** PEM text of the authority itself. */
  readonly ca: string;
  /** Issues a certificate for names such as `DNS:pbx.example`, valid for two days, or expired yesterday. */
  issueCertificate(options: {
    names: readonly string[];
    expired?: boolean;
    kind?: 'ec' | 'rsa';
  }): ServerCertificate;
}

/** Creates a certificate authority with the machine's `openssl`; nothing stays on disk. */
export function createTestAuthority(): TestAuthority {
  const caCertificate = withTempFolder((openssl, read) => {
    const output = ['-keyout', 'key', '-out', 'cert'];
    openssl(...requestArguments('ec'), '-x509', '-days', '2', '-subj', '/CN=Test Authority', ...output);
    return { cert: read('cert'), key: read('key') };
  });
  return {
    ca: caCertificate.cert,
    issueCertificate: ({ names, expired = false, kind = 'ec' }) =>
      withTempFolder((openssl, read, write) => {
        write('ca', caCertificate.cert);
        write('cakey', caCertificate.key);
        write('names', `subjectAltName=${names.join(',')}\n`);
        openssl(...requestArguments(kind), '-subj', '/CN=Test Server', '-keyout', 'key', '-out', 'request');
        const input = [
          '-in',
          'request',
          '-CA',
          'ca',
          '-CAkey',
          'cakey',
          '-CAcreateserial',
          '-extfile',
          'names',
        ];
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
