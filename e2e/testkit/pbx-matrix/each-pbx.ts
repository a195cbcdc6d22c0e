import type { AsteriskRelease } from '../asterisk/debian-asterisk.ts';
import { startAsterisk } from '../asterisk/start-asterisk.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { asteriskCandidates } from '../asterisk/each-asterisk.ts';
import { describeEachCandidate } from '../pbx/each-candidate.ts';
import { startDemoPbxUnderTest } from './demo-pbx-under-test.ts';

/** Declares the suite once for all that the AMI contract holds for: both releases of Asterisk, and the demo PBX. */
export async function describeEachPbx(declare: (pbx: () => PbxUnderTest) => void): Promise<void> {
  const real = await asteriskCandidates(async (release) => startRealPbx({ release }));
  describeEachCandidate({
    candidates: [...real, { name: 'demo PBX', start: startDemoPbxUnderTest }],
    declare,
  });
}

/** A real Asterisk, with the standard hints and users. */
export async function startRealPbx(options: { release: AsteriskRelease }): Promise<PbxUnderTest> {
  return { ...(await startAsterisk(options)), name: `Asterisk ${options.release}` };
}
