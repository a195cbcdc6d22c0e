declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  /** The parts of oidc-provider 9 that the tests use; it has no types. */
  export interface Context {
    oidc: {
      client?: { clientId: string };
      session?: { accountId?: string };
    };
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    Grant: new (options: { clientId: string | undefined; accountId: string | undefined }) => Grant;
    callback(): RequestListener;
  }
}
