import { asteriskCandidates } from '../asterisk/each-pbx.ts';
import { type AsteriskRelease } from '../asterisk/debian-asterisk.ts';
import { startAsterisk } from '../asterisk/start-asterisk.ts';
import { describeEachCandidate } from '../pbx/each-candidate.ts';
import { startDemoCallSite } from './demo-call-site.ts';
import { startRealCallSite } from './real-call-site.ts';
import type { Story } from './situations.ts';
import { TALKS } from './talk-stories.ts';
import { TRANSFERS } from './transfer-stories.ts';

const STORIES: readonly Story[] = [...TALKS, ...SERVICES, ...TRANSFERS];
import { SERVICES } from './service-stories.ts';

/** A PBX where calls are made, with its telephones. */
export type CallPbx = Pick<
  Awaited<ReturnType<typeof startDemoCallSite>>,
  'amiPort' | 'users' | 'site' | 'stop'
>;

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

async function startReal(release: AsteriskRelease) {
  const asterisk = await startAsterisk({ release, calls: true });
  try {
    const site = await startRealCallSite(asterisk);
    return {
      ...asterisk,
      site,
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
