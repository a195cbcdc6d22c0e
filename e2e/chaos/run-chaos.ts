import { setTimeout as delay } from 'node:timers/promises';
import { PHONE_ACCOUNTS } from '../asterisk/phone-accounts.ts';
import { startAsterisk } from '../asterisk/start-asterisk.ts';
import { signIn } from '../gateway/sign-in.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import { startPhone } from '../phones/start-phone.ts';
import { startAmiProxy } from './ami-proxy.ts';
import { createBefall } from './befall.ts';
import { createDeeds } from './do-deeds.ts';
import { createEditLedger } from './edit-ledger.ts';
import { createJudge } from './judge.ts';
import { type BrowserName, openPageBoard } from './page-board.ts';
import { makePlan } from './plan.ts';
import { type ChaosReport, makeReport } from './report.ts';
import { mountSmallDisk } from '../store/small-disk.ts';
import { openSocketBoard } from './socket-board.ts';
import { watchBoard } from './watch-board.ts';
import { watchEdits } from './watch-edits.ts';
import { watchTruth } from './watch-truth.ts';

const PHONES = 6;
/** Room for the store of hours. */
const DISK_KB = 65_536;
const SOCKET_BOARDS = 8;
const BROWSERS: readonly BrowserName[] = ['Chromium', 'Firefox'];
/** After the last fault so many milliseconds go by: whoever is live again by then is right by then. */
const SETTLING_MS = 6000;

/**
 * Breaks what can break between real telephones, a real Asterisk, a gateway and ten boards, while people and telephones
 * go on; `ms` is how long, without the time for starting and settling. What was found is in the report.
 */
export async function runChaos({
  seed,
  ms,
  onNote,
}: {
  seed: number;
  ms: number;
  onNote: (note: string) => void;
}): Promise<ChaosReport> {
  const stops: (() => Promise<void>)[] = [];
  async function started<T>(starting: Promise<T>, stop: (it: T) => Promise<void>): Promise<T> {
    const it = await starting;
    stops.push(() => stop(it));
    return it;
  }

  try {
    const plan = makePlan({ seed, ms });
    const asterisk = await started(startAsterisk({ release: '22' }), (it) => it.stop());
    const { amiPort, sipPort } = asterisk;
    const proxy = await started(startAmiProxy({ amiPort }), (it) => it.close());
    const disk = await started(mountSmallDisk({ kilobytes: DISK_KB }), (it) => it.remove());
    const gateway = await started(startGateway({ amiPort: proxy.port, data: disk.folder }), (it) =>
      it.stop(),
    );
    const phones = await Promise.all(
      PHONE_ACCOUNTS.slice(0, PHONES).map(({ extension }) =>
        started(startPhone({ extension, sipPort }), (it) => it.stop()),
      ),
    );
    const { url } = gateway;
    const cookie = await signIn(gateway, 'rita');
    const names = Array.from({ length: SOCKET_BOARDS }, (_, index) => `board ${index + 1}`);
    const boards = await Promise.all(
      names.map((name) => started(openSocketBoard({ url, cookie, name }), (it) => it.close())),
    );
    const pages = await Promise.all(
      BROWSERS.map((name) => started(openPageBoard({ url, cookie, name }), (it) => it.close())),
    );

    const judge = createJudge({ lag: proxy.lag });
    const broken: string[] = [];
    const ledger = createEditLedger();
    const truth = watchTruth({ amiPort });
    stops.push(truth.stop);
    const edits = watchEdits({ amiPort, onTold: (token) => ledger.told(token, performance.now()) });
    stops.push(edits.stop);
    const watches = [...boards, ...pages].map((board) =>
      watchBoard({ board, truth, judge, onBroken: (reason) => broken.push(reason) }),
    );
    stops.push(...watches.map((watch) => watch.stop));
    const deeds = createDeeds({ asterisk, phones, boards, ledger });
    const began = performance.now();
    const note = (text: string) => onNote(`${((performance.now() - began) / 1000).toFixed(1)} s: ${text}`);
    const befall = createBefall({ scene: { asterisk, proxy, gateway, disk, pages }, judge, onNote: note });

    async function atTheirTimes<T extends { readonly at: number }>(
      steps: readonly T[],
      begin: (step: T) => void,
    ): Promise<void> {
      for (const step of steps) {
        await delay(began + step.at - performance.now());
        begin(step);
      }
    }
    const befallen: Promise<void>[] = [];
    await Promise.all([
      atTheirTimes(plan.faults, (fault) => {
        const doing = befall(fault);
        // Told at the end, when all have been begun.
        doing.catch(() => undefined);
        befallen.push(doing);
      }),
      atTheirTimes(plan.deeds, deeds.begin),
    ]);
    await Promise.all(befallen);
    await delay(SETTLING_MS);
    await deeds.over();
    await Promise.all(watches.map((watch) => watch.stop()));

    return makeReport({
      seed,
      ms,
      began,
      faults: plan.faults,
      asked: truth.count(),
      deafSessions: truth.deafSessions(),
      broken,
      looks: watches.reduce((sum, watch) => sum + watch.looks(), 0),
      verdict: judge.close(performance.now()),
      edits: ledger.report({ heldUp: befall.heldUp, unheard: edits.unheard() }),
    });
  } finally {
    for (const stop of stops.toReversed()) await stop().catch(() => undefined);
  }
}
