import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { type Random, startDemoPbx } from '@lampboard/demo-pbx';
import { type Lamp, samePresence } from '@lampboard/protocol';
import { systemClock } from '../src/platform/clock.ts';
import type { Metrics } from '../src/metrics/metrics.ts';
import { onlyPbx } from '../src/config/pbxs.ts';
import { connectPbx } from '../src/asterisk/connect-pbx.ts';
import { externalPbx } from '../src/asterisk/pbx-endpoint.ts';
import { createLiveBoard } from '../src/board/live-board.ts';
import { NO_SOURCES } from '../src/directory/directory-sources.ts';
import { EXTENSIONS, type LampState, type Step } from './script.ts';

/** Time limit for the board to become live, and to match the PBX after the last step. */
const SETTLE_MS = 2000;

const USER = { username: 'lampboard', secret: 'fuzz' };
const LAMPS: Readonly<Record<LampState, Lamp>> = {
  NOT_INUSE: 'idle',
  INUSE: 'in-use',
  RINGING: 'ringing',
  BUSY: 'busy',
  ONHOLD: 'on-hold',
};

interface RunScriptOptions {
  script: readonly Step[];
  random: Random;
  metrics: Metrics;
}

/**
 * Connects a gateway to an Asterisk that runs the script, and compares the board with the true states: no forged lamp, name
 * or “do not disturb” may ever appear, and in the end all must match. Resolves to the problem, or null.
 */
export async function runScript({ script, random, metrics }: RunScriptOptions): Promise<string | null> {
  const hints = EXTENSIONS.map((exten) => ({
    exten,
    context: 'default',
    hint: `PJSIP/${exten},CustomPresence:${exten}`,
  }));
  const rights = { read: ['call', 'system'], write: ['call', 'reporting'] };
  const pbx = await startDemoPbx({ hints, users: [{ ...USER, ...rights }] });
  // Names are read once, after the first list.
  const names = new Map<string, string>(EXTENSIONS.map((exten) => [exten, `Name ${exten}`]));
  for (const step of script) if (step.kind === 'name') names.set(step.exten, step.text);
  for (const [exten, name] of names) pbx.putDatabase('AMPUSER', `${exten}/cidname`, name);
  const isSmallChunks = random.chance(0.1);
  const size = () => 1 + Math.floor(random.between(0, isSmallChunks ? 40 : 4000));
  const proxy = await startChunkingProxy({ port: pbx.port, size });
  const endpoint = externalPbx(onlyPbx({ host: '127.0.0.1', port: proxy.port, ...USER }));
  const board = createLiveBoard({ pbxs: [endpoint.info], clock: systemClock });
  const { isLive, start, stop } = connectPbx({
    pbx: endpoint,
    board,
    isLeader: () => true,
    directory: NO_SOURCES,
    hintStore: { save: () => {} },
    clock: systemClock,
    metrics,
    log: { info: () => {}, warn: () => {} },
  });
  const possibleLamps = new Map(EXTENSIONS.map((exten) => [exten as string, new Set<string>(['idle'])]));
  let isStateKnown = true;
  let finding: string | null = null;

  /** True for extensions whose name in AstDB forges nothing. */
  const isNameKnown = (exten: string) => names.get(exten) === `Name ${exten}`;

  function checkBoard(): void {
    for (const { exten, lamp, presence, person, phone } of board.current().extensions.values()) {
      if (isNameKnown(exten) && ![exten, `Name ${exten}`].includes(person.name))
        finding ??= `a forged name of ${exten}`;
      if (!possibleLamps.get(exten)?.has(lamp)) finding ??= `a forged lamp: ${exten} was never ${lamp}`;
      if (presence?.state === 'dnd') finding ??= `a forged presence of ${exten}`;
      if (phone?.dnd) finding ??= `a forged “do not disturb” of ${exten}`;
    }
  }

  const matchesPbx = () =>
    [...board.current().extensions.values()].every(({ exten, lamp, presence, provider, person }) => {
      const stored = pbx.presence(provider ?? '');
      return (
        (!isNameKnown(exten) || person.name === `Name ${exten}`) &&
        lamp === [...(possibleLamps.get(exten) ?? [])].at(-1) &&
        presence !== null &&
        samePresence(presence, stored)
      );
    });

  async function waitUntil(condition: () => boolean): Promise<boolean> {
    const end = performance.now() + SETTLE_MS;
    while (!condition() && performance.now() < end) await sleep(1);
    return condition();
  }

  async function perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'lamp': {
        const lamps = possibleLamps.get(step.exten);
        lamps?.delete(LAMPS[step.state]);
        lamps?.add(LAMPS[step.state]);
        return pbx.setDeviceState(`PJSIP/${step.exten}`, step.state);
      }
      case 'presence':
        return pbx.setPresence(`CustomPresence:${step.exten}`, {
          state: 'away',
          subtype: '',
          message: step.text,
        });
      case 'name':
        return undefined;
      case 'event':
        return pbx.injectRaw(`${step.text}\r\n\r\n`);
      case 'raw':
        isStateKnown = false;
        return pbx.injectRaw(step.text);
      case 'pause':
        await sleep(1);
    }
  }

  try {
    start();
    if (!(await waitUntil(isLive))) return 'the board was not live';
    board.subscribe({
      onDelta: () => isStateKnown && checkBoard(),
      onSnapshot: () => isStateKnown && checkBoard(),
    });
    for (const step of script) await perform(step);
    if (isStateKnown && !(await waitUntil(matchesPbx))) finding ??= 'the board did not match the PBX';
    return finding;
  } finally {
    await stop();
    proxy.close();
    await pbx.kill();
  }
}

/** Starts a proxy that splits Asterisk's output into chunks of `size()` bytes. */
async function startChunkingProxy({ port, size }: { port: number; size: () => number }) {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const asterisk = connect({ port, host: '127.0.0.1', noDelay: true });
    sockets.add(client).add(asterisk);
    pipeline(client, asterisk, () => asterisk.destroy());
    pipeline(asterisk, splitChunks, client, () => client.destroy());
  });

  async function* splitChunks(source: AsyncIterable<Buffer>) {
    for await (const bytes of source)
      for (let rest = bytes; rest.length > 0;) {
        const chunk = rest.subarray(0, size());
        yield chunk;
        rest = rest.subarray(chunk.length);
        await setImmediate();
      }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The proxy listens on no TCP port.');
  return {
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
