import { setTimeout as delay } from 'node:timers/promises';
import { ONLY_PBX } from '@lampboard/protocol';
import type { AsteriskRelease } from '../testkit/asterisk/debian-asterisk.ts';
import { signIn } from '../testkit/gateway/http-client.ts';
import { type GatewayOptions, startGateway } from '../testkit/gateway/start-gateway.ts';
import type { AmiProxy } from '../testkit/network/ami-proxy.ts';
import { withResources } from '../testkit/processes/resources.ts';
import { mountSmallDisk } from '../testkit/store/store-faults.ts';
import { type BrowserName, openPageClient, openSocketClient, monitorClient } from './chaos-clients.ts';
import { createFaultInjector } from './faults.ts';
import { makePlan } from './plan.ts';
import { makeReport } from './report.ts';
import { observeSite, startSite } from './site.ts';

/** Phones and clients are shared among the PBXs: each client is compared with each of them. */
const PHONES = 6;
const SOCKET_CLIENTS = 8;
/** Enough for hours of audit log. */
const DISK_KB = 65_536;
const BROWSERS: readonly BrowserName[] = ['Chromium', 'Firefox'];
/** Milliseconds after the last fault until every client must be consistent. */
const SETTLE_MS = 6000;

interface ChaosOptions {
  seed: number;
  ms: number;
  /** One for each PBX. */
  releases: readonly AsteriskRelease[];
}

/**
 * Injects faults between real phones, real Asterisks, a gateway and clients while edits and calls go on for `ms`
 * milliseconds. Returns a report for each PBX.
 */
export async function runChaos({ seed, ms, releases }: ChaosOptions, onNote: (note: string) => void) {
  return withResources(async (track) => {
    const plan = makePlan({ seed, ms, pbxs: releases.length });
    const isOnly = releases.length === 1;
    const started = await Promise.all(
      releases.map((release) => {
        const pbxId = isOnly ? ONLY_PBX : `asterisk${release}`;
        return startSite(track, { pbxId, release, phones: PHONES / releases.length });
      }),
    );
    const disk = await track(mountSmallDisk({ kilobytes: DISK_KB }));
    const gateway = await track(
      startGateway({ ...pbxOptions(started), dataFolder: disk.folder, callsUser: 'calls' }),
    );
    const { url } = gateway;
    const cookie = await signIn(gateway, 'rita');
    const names = Array.from(
      { length: SOCKET_CLIENTS / releases.length },
      (_, index) => `client ${index + 1}`,
    );
    const clients = await Promise.all(names.map((name) => track(openSocketClient(url, cookie, name))));
    const browsers = await Promise.all(
      BROWSERS.map((name) => track(openPageClient(url, name, releases.length))),
    );

    const sites = await Promise.all(started.map((site) => observeSite(track, site, clients)));
    const unreadableClients: string[] = [];
    const monitors = await Promise.all(
      sites.map((site) =>
        Promise.all(
          [...clients, ...browsers].map((client) =>
            track(monitorClient(client, site, (reason) => unreadableClients.push(reason))),
          ),
        ),
      ),
    );
    const startedAt = performance.now();
    const note = (text: string) =>
      onNote(`${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${text}`);
    /** A fault that cannot be injected ends the run. */
    const end = new AbortController();
    const injectFault = createFaultInjector({ sites, gateway, disk, browsers }, note);

    async function runOnSchedule<T extends { readonly startAtMs: number }>(
      steps: readonly T[],
      begin: (step: T) => void,
    ): Promise<void> {
      for (const step of steps) {
        await delay(startedAt + step.startAtMs - performance.now(), undefined, { signal: end.signal });
        begin(step);
      }
    }
    const injected: Promise<void>[] = [];
    await Promise.all([
      runOnSchedule(plan.faults, (fault) => {
        const injecting = injectFault(fault);
        injecting.catch((error: unknown) => end.abort(error));
        injected.push(injecting);
      }),
      ...sites.map(({ workload }, index) => runOnSchedule(plan.actions[index] ?? [], workload.begin)),
    ]);
    await Promise.all(injected);
    await delay(SETTLE_MS);
    await Promise.all(sites.map(({ workload }) => workload.over()));
    await Promise.all(monitors.flat().map((monitor) => monitor.stop()));

    return sites.map(({ pbxId, oracle, checker, ledger, editMonitor }, index) =>
      makeReport({
        name: pbxId,
        seed,
        ms,
        startedAt,
        faults: plan.faults.filter(({ pbx }) => pbx === null || pbx === index),
        oracleReads: oracle.count(),
        unansweredSessions: oracle.unansweredSessions(),
        unreadableClients,
        observations: (monitors[index] ?? []).reduce((sum, monitor) => sum + monitor.observations(), 0),
        checkResult: checker.close(performance.now()),
        edits: ledger.report({
          delayed: injectFault.delayedSpans(index),
          unobserved: editMonitor.unobserved(),
        }),
      }),
    );
  });
}

function pbxOptions(
  sites: readonly { readonly pbxId: string; readonly proxy: AmiProxy }[],
): Pick<GatewayOptions, 'amiPort' | 'pbxs'> {
  const [first] = sites;
  if (first?.pbxId === ONLY_PBX) return { amiPort: first.proxy.port };
  return { pbxs: Object.fromEntries(sites.map(({ pbxId, proxy }) => [pbxId, { amiPort: proxy.port }])) };
}
