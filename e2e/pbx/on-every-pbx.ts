import { afterAll, beforeAll, describe } from 'vitest';
import { provideAsterisk, type AsteriskRelease } from '../asterisk/debian-asterisk.ts';
import { startAsterisk, type RealAsterisk } from '../asterisk/start-asterisk.ts';
import { startDemoPbxUnderTest } from './demo-pbx.ts';
import type { PbxUnderTest } from './pbx-under-test.ts';
import { startRealPbx } from './real-pbx.ts';

/** Something to test against, and why it can't be had on this machine, if it can't. */
export type Candidate<T> = { name: string; missing?: string; start: () => Promise<T> };

const RELEASES: readonly AsteriskRelease[] = ['22', '16'];

/** All that the AMI contract holds for: both real releases and the demo PBX. */
export async function pbxesUnderTest(): Promise<Candidate<PbxUnderTest>[]> {
  const real = await asterisks(async (release) => startRealPbx({ release }));
  return [...real, { name: 'demo PBX', start: startDemoPbxUnderTest }];
}

/** Declares the suite once for every PBX, each started before its suite and stopped after it. */
export async function onEveryPbx(declare: (pbx: () => PbxUnderTest) => void): Promise<void> {
  onEach({ candidates: await pbxesUnderTest(), declare });
}

/** As `onEveryPbx`, for what only a real Asterisk can show. */
export async function onEveryAsterisk(declare: (asterisk: () => RealAsterisk) => void): Promise<void> {
  onEach({ candidates: await asterisks(async (release) => startAsterisk({ release })), declare });
}

async function asterisks<T>(start: (release: AsteriskRelease) => Promise<T>): Promise<Candidate<T>[]> {
  return Promise.all(
    RELEASES.map(async (release) => {
      const provided = await provideAsterisk(release);
      return { name: `Asterisk ${release}`, start: async () => start(release), ...provided };
    }),
  );
}

/** Where CI=true a candidate that is missing fails its suite at the start; elsewhere it is skipped, and says so. */
function onEach<T extends { stop(): Promise<void> }>(options: {
  candidates: readonly Candidate<T>[];
  declare: (candidate: () => T) => void;
}): void {
  for (const { name, missing, start } of options.candidates) {
    const skipped = missing !== undefined && process.env['CI'] !== 'true';
    if (skipped) process.stderr.write(`\n!!! SKIPPED: every test on ${name}: ${missing}\n\n`);
    describe.skipIf(skipped)(`${name}${skipped ? ` – SKIPPED: ${missing}` : ''}`, () => {
      let started: T | undefined;
      beforeAll(async () => {
        started = await start();
      });
      afterAll(async () => started?.stop());
      options.declare(() => {
        if (started === undefined) throw new Error(`${name} did not start`);
        return started;
      });
    });
  }
}
