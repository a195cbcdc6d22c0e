import { type DemoPbx, startDemoPbx } from '@lampboard/demo-pbx';
import { createAmiControls } from '../ami/ami-controls.ts';
import { type Hint, standardHints } from '../pbx/hints.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { type AmiUser, USERS } from '../pbx/ami-users.ts';
import { freePort } from '../processes/free-port.ts';
import { waitUntil } from '../processes/wait-until.ts';

// About as long as a real Asterisk accepts logins before it has booted.
const BOOT_MS = 400;

/** The demo PBX with the same hints, users and slow boot as the real ones, so that the contract holds for it too. */
export async function startDemoPbxUnderTest(): Promise<PbxUnderTest> {
  const amiPort = await freePort();
  const store = new Map<string, string>();
  let hints: readonly Hint[] = standardHints();
  const controls = createAmiControls({ port: amiPort, user: USERS.control });
  const users = Object.values(USERS).map(demoUser);
  const boot = async (): Promise<DemoPbx> => {
    const booted = await startDemoPbx({ hints, users, port: amiPort, bootMs: BOOT_MS, store });
    await waitUntil({
      description: 'the demo PBX to boot',
      probe: async () =>
        controls.withSession(async (ami) => ami.waitFor(({ name }) => name === 'FullyBooted')),
    });
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

function demoUser(user: AmiUser) {
  return {
    username: user.username,
    secret: user.secret,
    read: user.read.split(','),
    write: user.write.split(','),
    eventfilter: [...user.eventFilters],
    deny: user.denied,
  };
}
