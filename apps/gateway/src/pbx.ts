import type { AmiConfig } from './config.ts';
import type { Directory } from './directory.ts';

/** The PBX that the gateway follows: the site's Asterisk, or the embedded demo. */
export interface Pbx {
  readonly isDemo: boolean;
  readonly target: AmiConfig;
  /** Who it knows by itself; the site's directory goes before it. */
  readonly directory: Directory;
  stop(): Promise<void>;
}

export function siteAsterisk(target: AmiConfig): Pbx {
  return { isDemo: false, target, directory: new Map(), stop: async () => {} };
}
