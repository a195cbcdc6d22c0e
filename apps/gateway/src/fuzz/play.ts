import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, startDemoPbx } from '@lampboard/demo-pbx';
import { type Lamp, samePresence } from '@lampboard/protocol';
import { systemClock } from '../clock.ts';
import { createStandingEdits } from '../edits/standing-edits.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { ALONE, followPbx } from '../pbx/follow-pbx.ts';
import { NO_DIRECTORY } from '../pbx/site-directory.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { EXTENSIONS, type LampState, type Step } from './script.ts';

/** Within so many milliseconds the board is live, and right after the last word. */
const SETTLE_MS = 2000;

const USER = { username: 'lampboard', secret: 'fuzz' };
const LAMPS: Readonly<Record<LampState, Lamp>> = {
  NOT_INUSE: 'idle',
  INUSE: 'in-use',
  RINGING: 'ringing',
  BUSY: 'busy',
  ONHOLD: 'on-hold',
};

/**
 * Has a gateway follow an Asterisk that says this, and compares its board with what was true: no lamp may ever be shown
 * that there was not, and in the end all are right. Resolves to what went wrong, or to null.
 */
export async function play({
  script,
  random,
  metrics,
}: {
  script: readonly Step[];
  random: Random;
  metrics: Metrics;
}): Promise<string | null> {
  const hints = EXTENSIONS.map((exten) => ({
    exten,
    context: 'default',
    hint: `PJSIP/${exten},CustomPresence:${exten}`,
  }));
  const rights = { read: ['call', 'system'], write: ['call'] };
  const pbx = await startDemoPbx({ hints, users: [{ ...USER, ...rights }] });
  const isFine = random.chance(0.1);
  const size = () => 1 + Math.floor(random.between(0, isFine ? 40 : 4000));
  const proxy = await startCuttingProxy({ port: pbx.port, size });
  const person = (name: string) => ({ name, department: '', email: '', mobile: '' });
  const people = new Map(EXTENSIONS.map((exten) => [exten, person(exten)]));
  const { board, isLive, start, stop } = await followPbx({
    config: {
      ami: { host: '127.0.0.1', port: proxy.port, ...USER },
      contexts: null,
      listBytesPerSecond: 5000,
    },
    directory: { ...NO_DIRECTORY, current: () => people },
    standingEdits: createStandingEdits({
      last: [],
      returnTimes: { replace: () => true },
      now: systemClock.now,
    }),
    reign: ALONE,
    clock: systemClock,
    metrics,
    log: { info: () => {}, warn: () => {} },
  });
  const known = new Map(EXTENSIONS.map((exten) => [exten as string, new Set<string>(['idle'])]));
  let isTruthKnown = true;
  let finding: string | null = null;

  function look(): void {
    for (const { exten, lamp, presence } of board.current().rows.values()) {
      if (!known.get(exten)?.has(lamp)) finding ??= `a forged lamp: ${exten} was never ${lamp}`;
      if (presence?.state === 'dnd') finding ??= `a forged presence of ${exten}`;
    }
  }

  const isRight = () =>
    [...board.current().rows.values()].every(({ exten, lamp, presence, provider }) => {
      const stored = pbx.presence(provider ?? '');
      return (
        lamp === [...(known.get(exten) ?? [])].at(-1) && presence !== null && samePresence(presence, stored)
      );
    });

  async function until(holds: () => boolean): Promise<boolean> {
    const end = performance.now() + SETTLE_MS;
    while (!holds() && performance.now() < end) await sleep(1);
    return holds();
  }

  async function say(step: Step): Promise<void> {
    switch (step.kind) {
      case 'lamp': {
        const lamps = known.get(step.exten);
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
      case 'event':
        return pbx.say(`${step.text}\r\n\r\n`);
      case 'raw':
        isTruthKnown = false;
        return pbx.say(step.text);
      case 'pause':
        await sleep(1);
    }
  }

  try {
    start();
    if (!(await until(isLive))) return 'the board was not live';
    board.subscribe({ onFrame: () => isTruthKnown && look(), onSnapshot: () => isTruthKnown && look() });
    for (const step of script) await say(step);
    if (isTruthKnown && !(await until(isRight))) finding ??= 'the board was not right in the end';
    return finding;
  } finally {
    await stop();
    proxy.close();
    await pbx.kill();
  }
}
