import type { AsteriskRelease } from '../testkit/asterisk/debian-asterisk.ts';
import { PHONE_ACCOUNTS } from '../testkit/asterisk/asterisk-config.ts';
import { startAsterisk } from '../testkit/asterisk/start-asterisk.ts';
import { startAmiProxy } from '../testkit/network/ami-proxy.ts';
import { startPhone } from '../testkit/phones/start-phone.ts';
import type { Track } from '../testkit/processes/resources.ts';
import type { EditingClient } from './chaos-clients.ts';
import { createConsistencyChecker } from './consistency-checker.ts';
import { createEditLedger } from './edit-ledger.ts';
import { monitorEdits } from './edit-monitor.ts';
import { startOracle } from './oracle.ts';
import { createWorkload } from './workload.ts';

type Site = Awaited<ReturnType<typeof startSite>>;
export type ObservedSite = Awaited<ReturnType<typeof observeSite>>;

interface SiteOptions {
  pbxId: string;
  release: AsteriskRelease;
  phones: number;
}

/** Starts an Asterisk, a link to it that can fail, and phones. */
export async function startSite(track: Track, { pbxId, release, phones }: SiteOptions) {
  const asterisk = await track(startAsterisk({ release, calls: true }));
  const { amiPort, sipPort } = asterisk;
  const proxy = await track(startAmiProxy({ amiPort }));
  const accounts = PHONE_ACCOUNTS.slice(0, phones);
  return {
    pbxId,
    asterisk,
    proxy,
    phones: await Promise.all(accounts.map(({ extension }) => track(startPhone({ extension, sipPort })))),
  };
}

/** Compares a site with its Asterisk from now on, edits included. */
export async function observeSite(track: Track, site: Site, clients: readonly EditingClient[]) {
  const { amiPort } = site.asterisk;
  const ledger = createEditLedger();
  return {
    ...site,
    ledger,
    checker: createConsistencyChecker(site.proxy.maxLagMs),
    oracle: await track(startOracle(amiPort)),
    editMonitor: await track(monitorEdits(amiPort, (token) => ledger.confirmed(token, performance.now()))),
    workload: createWorkload({ ...site, clients, ledger }),
  };
}
