import { asteriskCandidates } from '../asterisk/each-pbx.ts';
import { type AsteriskRelease } from '../asterisk/debian-asterisk.ts';
import { type RealAsterisk, startAsterisk } from '../asterisk/start-asterisk.ts';
import { describeEachCandidate } from '../pbx/each-candidate.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { CallSite } from './call-site.ts';
import { startDemoCallSite } from './demo-call-site.ts';
import { startRealCallSite } from './real-call-site.ts';
import type { Story } from './situations.ts';
import { TALKS } from './talk-stories.ts';
import { TRANSFERS } from './transfer-stories.ts';

const STORIES: readonly Story[] = [...TALKS, ...SERVICES, ...TRANSFERS];
import { SERVICES } from './service-stories.ts';

/** A PBX where calls are made, with its telephones. */
export interface CallPbx extends Pick<PbxUnderTest, 'amiPort' | 'users' | 'reload' | 'withSession'> {
  readonly site: CallSite;
  /** Of a real Asterisk. */
  readonly lifecycle?: Pick<RealAsterisk, 'pause' | 'resume' | 'restart'>;
  stop(): Promise<void>;
}

/** Declares the suite for both releases of Asterisk with real telephones, and for the demo PBX with the stories that it can play. */
export async function describeEachCallSite(
  declare: (pbx: () => CallPbx, stories: readonly Story[]) => void,
): Promise<void> {
  const real = await asteriskCandidates<CallPbx>(startReal);
  describeEachCandidate<CallPbx>({ candidates: real, declare: (pbx) => declare(pbx, STORIES) });
  describeEachCandidate<CallPbx>({
    candidates: [{ name: 'demo PBX', start: startDemoCallSite }],
    declare: (pbx) =>
      declare(
        pbx,
        STORIES.filter(({ onlyReal }) => !onlyReal),
      ),
  });
}

async function startReal(release: AsteriskRelease): Promise<CallPbx> {
  const asterisk = await startAsterisk({ release, calls: true });
  try {
    const site = await startRealCallSite(asterisk);
    return {
      ...asterisk,
      site,
      lifecycle: asterisk,
      async stop() {
        await site.stop();
        await asterisk.stop();
      },
    };
  } catch (error) {
    await asterisk.stop();
    throw error;
  }
}
