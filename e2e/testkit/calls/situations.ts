import type { CallSite, Role } from './call-site.ts';

/** One row of the table of calls in SPEC.md. */
export interface Scene {
  /** `S1` … */
  readonly id: string;
  /** The steps. */
  readonly title: string;
  readonly step: (site: CallSite) => Promise<void>;
  /** Lines of each (see `lineText`), in any order; who is not named has none. */
  readonly shows: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** The people whose talks begin with this step. */
  readonly begins: readonly Role[];
}

/** Scenes of the same calls, one after the other. */
export interface Story {
  readonly name: string;
  /** Needs what only a real Asterisk, its telephones or its network do. */
  readonly onlyReal?: boolean;
  readonly scenes: readonly Scene[];
}

/** Says a scene in one line: lines of one person are joined by ` + `. */
export function scene(
  id: string,
  title: string,
  step: (site: CallSite) => unknown,
  shows: Readonly<Partial<Record<Role, string>>>,
  begins: readonly Role[] = [],
): Scene {
  const lines = Object.entries(shows).map(([role, text]) => [role, text.split(' + ')]);
  return {
    id,
    title,
    step: async (site) => void (await step(site)),
    shows: Object.fromEntries(lines),
    begins,
  };
}
