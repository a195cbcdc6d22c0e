import { asteriskCandidates } from '../asterisk/on-every-asterisk.ts';
import { onEachCandidate } from '../pbx/on-each-candidate.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { startDemoPbxUnderTest } from './demo-pbx.ts';
import { startRealPbx } from './real-pbx.ts';

/** Declares the suite once for all that the AMI contract holds for: both releases of Asterisk, and the demo PBX. */
export async function onEveryPbx(declare: (pbx: () => PbxUnderTest) => void): Promise<void> {
  const real = await asteriskCandidates(async (release) => startRealPbx({ release }));
  onEachCandidate({ candidates: [...real, { name: 'demo PBX', start: startDemoPbxUnderTest }], declare });
}
