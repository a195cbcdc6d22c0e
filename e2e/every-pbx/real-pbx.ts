import type { AsteriskRelease } from '../asterisk/debian-asterisk.ts';
import { startAsterisk } from '../asterisk/start-asterisk.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';

/** A real Asterisk, with the standard hints and users. */
export async function startRealPbx(options: { release: AsteriskRelease }): Promise<PbxUnderTest> {
  return { ...(await startAsterisk(options)), name: `Asterisk ${options.release}` };
}
