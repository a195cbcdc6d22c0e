import { setTimeout as delay } from 'node:timers/promises';
import { PHONE_ACCOUNTS } from '../testkit/asterisk/asterisk-config.ts';
import { startAsterisk } from '../testkit/asterisk/start-asterisk.ts';
import { signIn } from '../testkit/gateway/http-client.ts';
import { startGateway } from '../testkit/gateway/start-gateway.ts';
import { startPhone } from '../testkit/phones/start-phone.ts';
import { startAmiProxy } from '../testkit/network/ami-proxy.ts';
import { withResources } from '../testkit/processes/resources.ts';
import { createFaultInjector } from './faults.ts';
import { createWorkload } from './workload.ts';
import { createEditLedger } from './edit-ledger.ts';
import { createConsistencyChecker } from './consistency-checker.ts';
import { type BrowserName, openPageClient, openSocketClient, monitorClient } from './chaos-clients.ts';
import { makePlan } from './plan.ts';
import { makeReport } from './report.ts';
import { mountSmallDisk } from '../testkit/store/store-faults.ts';
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
export async function runChaos(seed: number, ms: number, onNote: (note: string) => void) {
  return withResources(async (track) => {
    const plan = makePlan({ seed, ms });
    const asterisk = await track(startAsterisk({ release: '22' }));
    const { amiPort, sipPort } = asterisk;
    const proxy = await track(startAmiProxy({ amiPort }));
    const disk = await track(mountSmallDisk({ kilobytes: DISK_KB }));
    const gateway = await track(startGateway({ amiPort: proxy.port, dataFolder: disk.folder }));
    const phones = await Promise.all(
      PHONE_ACCOUNTS.slice(0, PHONES).map(({ extension }) => track(startPhone({ extension, sipPort }))),
    );
    const { url } = gateway;
    const cookie = await signIn(gateway, 'rita');
    const names = Array.from({ length: SOCKET_CLIENTS }, (_, index) => `client ${index + 1}`);
    const clients = await Promise.all(names.map((name) => track(openSocketClient(url, cookie, name))));
    const browsers = await Promise.all(BROWSERS.map((name) => track(openPageClient(url, name))));

    const checker = createConsistencyChecker(proxy.maxLagMs);
    const unreadableClients: string[] = [];
    const ledger = createEditLedger();
    const oracle = await track(startOracle(amiPort));
    const editMonitor = await track(
      monitorEdits(amiPort, (token) => ledger.confirmed(token, performance.now())),
    );
    const monitors = await Promise.all(
      [...clients, ...browsers].map((client) =>
        track(monitorClient(client, oracle, checker, (reason) => unreadableClients.push(reason))),
      ),
    );
    const workload = createWorkload(asterisk, phones, clients, ledger);
    const startedAt = performance.now();
    const note = (text: string) =>
      onNote(`${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${text}`);
    const testBed = { asterisk, proxy, gateway, disk, browsers };
    const injectFault = createFaultInjector(testBed, checker, note);

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
  });
}
