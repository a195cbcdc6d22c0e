import type { Target } from '@lampboard/ami';
import type { Directory } from './directory.ts';

/** The PBX that the gateway follows: the site's Asterisk, or the embedded demo. */
export interface Pbx {
  readonly isDemo: boolean;
  readonly target: Target;
  /** Who it knows by itself; the site's directory goes before it. */
  readonly directory: Directory;
  stop(): Promise<void>;
}

export function siteAsterisk(target: Target): Pbx {
  return { isDemo: false, target, directory: new Map(), stop: async () => {} };
}
