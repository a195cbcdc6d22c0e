import { setTimeout as delay } from 'node:timers/promises';
import { PHONE_ACCOUNTS } from '../testkit/asterisk/asterisk-config.ts';
import { startAsterisk } from '../testkit/asterisk/start-asterisk.ts';
import { signIn } from '../testkit/gateway/http-client.ts';
import { startGateway } from '../testkit/gateway/start-gateway.ts';
import { startPhone } from '../testkit/phones/start-phone.ts';
import { startAmiProxy } from '../testkit/network/ami-proxy.ts';
import { createFaultInjector } from './faults.ts';
import { createWorkload } from './workload.ts';
import { createEditLedger } from './edit-ledger.ts';
import { createConsistencyChecker } from './consistency-checker.ts';
import { type BrowserName, openPageClient, openSocketClient } from './chaos-clients.ts';
import { makePlan } from './plan.ts';
import { type ChaosReport, makeReport } from './report.ts';
import { mountSmallDisk } from '../testkit/store/store-faults.ts';
import { monitorClient } from './client-monitor.ts';
import { monitorEdits } from './edit-monitor.ts';
import { startOracle } from './oracle.ts';

const PHONES = 6;
/** Enough for hours of audit log. */
const DISK_KB = 65_536;
const SOCKET_CLIENTS = 8;
const BROWSERS: readonly BrowserName[] = ['Chromium', 'Firefox'];
/** Milliseconds after the last fault until every client must be consistent. */
const SETTLE_MS = 6000;

/**
 * Injects faults between real phones, a real Asterisk, a gateway and ten clients while edits and calls go on
 * for `ms` milliseconds.
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
    const gateway = await started(startGateway({ amiPort: proxy.port, dataFolder: disk.folder }), (it) =>
      it.stop(),
    );
    const phones = await Promise.all(
      PHONE_ACCOUNTS.slice(0, PHONES).map(({ extension }) =>
        started(startPhone({ extension, sipPort }), (it) => it.stop()),
      ),
    );
    const { url } = gateway;
    const cookie = await signIn(gateway, 'rita');
    const names = Array.from({ length: SOCKET_CLIENTS }, (_, index) => `board ${index + 1}`);
    const clients = await Promise.all(
      names.map((name) => started(openSocketClient({ url, cookie, name }), (it) => it.close())),
    );
    const browsers = await Promise.all(
      BROWSERS.map((name) => started(openPageClient({ url, cookie, name }), (it) => it.close())),
    );

    const checker = createConsistencyChecker({ maxLagMs: proxy.maxLagMs });
    const unreadableClients: string[] = [];
    const ledger = createEditLedger();
    const oracle = startOracle({ amiPort });
    stops.push(oracle.stop);
    const editMonitor = monitorEdits({
      amiPort,
      onConfirmed: (token) => ledger.confirmed(token, performance.now()),
    });
    stops.push(editMonitor.stop);
    const monitors = [...clients, ...browsers].map((client) =>
      monitorClient({ client, oracle, checker, onUnreadable: (reason) => unreadableClients.push(reason) }),
    );
    stops.push(...monitors.map((monitor) => monitor.stop));
    const workload = createWorkload({ asterisk, phones, boards: clients, ledger });
    const startedAt = performance.now();
    const note = (text: string) =>
      onNote(`${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${text}`);
    const injectFault = createFaultInjector({
      testBed: { asterisk, proxy, gateway, disk, browsers },
      checker,
      onNote: note,
    });

    async function runOnSchedule<T extends { readonly startAtMs: number }>(
      steps: readonly T[],
      begin: (step: T) => void,
    ): Promise<void> {
      for (const step of steps) {
        await delay(startedAt + step.startAtMs - performance.now());
        begin(step);
      }
    }
    const injected: Promise<void>[] = [];
    await Promise.all([
      runOnSchedule(plan.faults, (fault) => {
        const injecting = injectFault(fault);
        // Rethrown at the end.
        injecting.catch(() => undefined);
        injected.push(injecting);
      }),
      runOnSchedule(plan.actions, workload.begin),
    ]);
    await Promise.all(injected);
    await delay(SETTLE_MS);
    await workload.over();
    await Promise.all(monitors.map((monitor) => monitor.stop()));

    return makeReport({
      seed,
      ms,
      startedAt,
      faults: plan.faults,
      oracleReads: oracle.count(),
      unansweredSessions: oracle.unansweredSessions(),
      unreadableClients,
      observations: monitors.reduce((sum, monitor) => sum + monitor.observations(), 0),
      checkResult: checker.close(performance.now()),
      edits: ledger.report({ delayed: injectFault.delayedSpans, unobserved: editMonitor.unobserved() }),
    });
  } finally {
    for (const stop of stops.toReversed()) await stop().catch(() => undefined);
  }
}
