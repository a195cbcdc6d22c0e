/** See OWASP's HTTP Headers Cheat Sheet. Style properties that React sets do not count as inline styles. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export const YEAR_S = 365 * 24 * 3600;

interface SecurityHeadersOptions {
  overTls: boolean;
  /** Below a path the host belongs to another server, which decides on HSTS for all of it. */
  basePath: string;
}

/** Returns headers of every response, with HSTS over TLS. */
export function securityHeaders({
  overTls,
  basePath,
}: SecurityHeadersOptions): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(overTls && basePath === '/'
      ? { 'strict-transport-security': `max-age=${YEAR_S}; includeSubDomains` }
      : {}),
  };
}
