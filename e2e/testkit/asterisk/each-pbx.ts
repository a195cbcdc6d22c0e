import { type Candidate, describeEachCandidate } from '../pbx/each-candidate.ts';
import { ASTERISK_RELEASES, type AsteriskRelease, provideAsterisk } from './debian-asterisk.ts';
import { type AsteriskOptions, type RealAsterisk, startAsterisk } from './start-asterisk.ts';
import { type DemoPbx, startDemoPbx } from '@lampboard/demo-pbx';
import { createAmiControls } from '../ami/ami-controls.ts';
import { type Hint, standardHints, type PbxUnderTest, USERS } from '../pbx/pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { waitUntil } from '../processes/wait-until.ts';

// About as long as a real Asterisk accepts logins before it has booted.
const BOOT_MS = 400;

/** Starts the demo PBX with the hints, users and boot delay of the real ones. */
export async function startDemoPbxUnderTest(): Promise<PbxUnderTest> {
  const amiPort = await freePort();
  const store = new Map<string, string>();
  let hints: readonly Hint[] = standardHints();
  const controls = createAmiControls({ port: amiPort, user: USERS.control });
  const users = Object.values(USERS);
  const boot = async (): Promise<DemoPbx> => {
    const booted = await startDemoPbx({ hints, users, port: amiPort, bootMs: BOOT_MS, store });
    await waitUntil('the demo PBX to boot', async () =>
      controls.withSession(async (ami) => ami.waitFor(({ name }) => name === 'FullyBooted')),
    );
    return booted;
  };
  let pbx = await boot();
  return {
    ...controls,
    name: 'demo PBX',
    amiPort,
    users: USERS,
    async reload(list) {
      hints = list;
      pbx.reload(list);
    },
    async useFunctions() {
      pbx.setDeviceState('park:71@parkedcalls', 'INUSE');
      pbx.setDeviceState('confbridge:8000', 'INUSE');
      pbx.setDeviceState('Queue:600', 'RINGING');
    },
    async freeFunctions() {
      for (const device of ['park:71@parkedcalls', 'confbridge:8000', 'Queue:600'])
        pbx.setDeviceState(device, 'NOT_INUSE');
    },
    putDatabase: async (...entry) => pbx.putDatabase(...entry),
    async restart() {
      await pbx.close({ restart: true });
      pbx = await boot();
    },
    kill: async () => pbx.kill(),
    async start() {
      pbx = await boot();
    },
    pause: () => pbx.pause(),
    resume: () => pbx.resume(),
    stop: async () => pbx.kill(),
  };
}

/** Declares the suite for both releases of Asterisk and the demo PBX. */
export async function describeEachPbx(declare: (pbx: () => PbxUnderTest) => void): Promise<void> {
  const real = await asteriskCandidates(async (release) => startRealPbx({ release }));
  describeEachCandidate({
    candidates: [...real, { name: 'demo PBX', start: startDemoPbxUnderTest }],
    declare,
  });
}

/** An Asterisk as a PBX under test. */
export type RealPbx = RealAsterisk & PbxUnderTest;

export async function startRealPbx(options: { release: AsteriskRelease }): Promise<RealPbx> {
  return { ...(await startAsterisk(options)), name: `Asterisk ${options.release}` };
}

/** Declares the suite for every release of Asterisk. */
export async function describeEachAsterisk(
  declare: (asterisk: () => RealAsterisk) => void,
  options: AsteriskOptions = {},
): Promise<void> {
  const candidates = await asteriskCandidates(async (release) => startAsterisk({ ...options, release }));
  describeEachCandidate({ candidates, declare });
}

/** Both releases of Asterisk as two sites. */
export interface TwoSites {
  readonly berlin: PbxUnderTest;
  readonly paris: PbxUnderTest;
  stop(): Promise<void>;
}

/** Declares the suite with Asterisk 22 and 16 at once, as two sites. */
export async function describeTwoSites(declare: (sites: () => TwoSites) => void): Promise<void> {
  const provided = await Promise.all(ASTERISK_RELEASES.map(provideAsterisk));
  const missing = provided.find((release) => 'missing' in release) ?? {};
  const candidate = { name: 'Asterisk 22 and 16', start: startTwoSites, ...missing };
  describeEachCandidate({ candidates: [candidate], declare });
}

export async function startTwoSites(): Promise<TwoSites> {
  const [berlin, paris] = await Promise.all([
    startRealPbx({ release: '22' }),
    startRealPbx({ release: '16' }),
  ]);
  return { berlin, paris, stop: async () => void (await Promise.all([berlin.stop(), paris.stop()])) };
}

/** Both releases of Asterisk, started by `start`. */
export async function asteriskCandidates<T>(
  start: (release: AsteriskRelease) => Promise<T>,
): Promise<Candidate<T>[]> {
  return Promise.all(
    ASTERISK_RELEASES.map(async (release) => {
      const provided = await provideAsterisk(release);
      return { name: `Asterisk ${release}`, start: async () => start(release), ...provided };
    }),
  );
}
