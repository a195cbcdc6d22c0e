import type { Role } from '@lampboard/protocol';

/** How a site's OpenID provider is asked, and what its answers mean here. */
export interface SingleSignOnConfig {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** What the sign-in page calls it. */
  readonly label: string;
  /** By spaces. */
  readonly scopes: string;
  /** The claim that names the account. */
  readonly accountClaim: string;
  readonly roleClaim: string;
  /** Values of the role claim; `*` stands for everybody else. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Null: extensions are given by administrators. */
  readonly extensionClaim: string | null;
  /** The context of an extension that is told without one. */
  readonly context: string;
}
