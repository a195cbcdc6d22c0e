import { type Candidate, describeEachCandidate } from '../pbx/each-candidate.ts';
import { type AsteriskRelease, provideAsterisk } from './debian-asterisk.ts';
import { type RealAsterisk, startAsterisk } from './start-asterisk.ts';

const RELEASES: readonly AsteriskRelease[] = ['22', '16'];

/** Declares the suite once for every release of Asterisk, for what only a real one can show. */
export async function describeEachAsterisk(declare: (asterisk: () => RealAsterisk) => void): Promise<void> {
  const candidates = await asteriskCandidates(async (release) => startAsterisk({ release }));
  describeEachCandidate({ candidates, declare });
}

export async function asteriskCandidates<T>(
  start: (release: AsteriskRelease) => Promise<T>,
): Promise<Candidate<T>[]> {
  return Promise.all(
    RELEASES.map(async (release) => {
      const provided = await provideAsterisk(release);
      return { name: `Asterisk ${release}`, start: async () => start(release), ...provided };
    }),
  );
}
