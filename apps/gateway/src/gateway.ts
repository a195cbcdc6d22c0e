import { addDemoAccounts } from './accounts/demo-accounts.ts';
import { createFirstAdmin } from './accounts/first-admin.ts';
import { createSignIn } from './accounts/sign-in.ts';
import { countAlone, createSignOnThrottle, createThrottle } from './accounts/throttle.ts';
import { auditSettings } from './audit/audit-settings.ts';
import { auditCommands, auditSignIns } from './audit/audited.ts';
import { type Clock, systemClock } from './clock.ts';
import { createAccountCommands } from './commands/account-commands.ts';
import { createAuditCommands } from './commands/audit-commands.ts';
import { createDispatch } from './commands/commands.ts';
import { createHealthCommands } from './commands/health-commands.ts';
import { createHistoryCommands } from './commands/history-commands.ts';
import { createOwnBoardCommands } from './commands/own-board-commands.ts';
import { createPresenceCommands } from './commands/presence-commands.ts';
import { createSessionCommands } from './commands/session-commands.ts';
import { createTemplateCommands } from './commands/template-commands.ts';
import type { Config } from './config/config.ts';
import { missingForSeveral } from './config/redis.ts';
import { missingForOthers } from './config/serving.ts';
import { createConsoleServer } from './consoles/console-server.ts';
import type { SiteDirectory } from './pbx/site-directory.ts';
import { openIdentity } from './identity.ts';
import { installLastResort } from './last-resort.ts';
import type { Logger } from './log.ts';
import { hostAndPort } from './loopback.ts';
import { countCommands, countSignIns } from './metrics/counted.ts';
import { keepHealth } from './metrics/health.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createOwnBoards } from './own-board/own-boards.ts';
import { ALONE, type Reign } from './pbx/follow-pbx.ts';
import { startReader } from './reader.ts';
import { openRecords } from './records.ts';
import { serve } from './serve.ts';
import { keptKey } from './store/kept-key.ts';
import { storeIdentity } from './store/store-identity.ts';
import { StartFault } from './start-fault.ts';
import { createLastUsed } from './templates/last-used.ts';
import { createTemplateStore } from './templates/template-store.ts';

/** What has run out is removed so often, in milliseconds; that it has run out counts at once. */
const SWEEP_MS = 3_600_000;

export interface Gateway {
  readonly url: string;
  /** The link that makes the first administrator, once; null where there are accounts. */
  readonly firstAdminUrl: string | null;
  /** Reads the directory file, the certificate and its key again. */
  reload(): void;
  stop(): Promise<void>;
}

/** Puts the rooms together and begins to serve; rejects where the address can't be listened on, or must not be. */
export async function startGateway({
  config,
  directory,
  log,
  clock = systemClock,
}: {
  config: Config;
  directory: SiteDirectory;
  log: Logger;
  clock?: Clock;
}): Promise<Gateway> {
  const { now } = clock;
  const isDemo = config.ami === null;
  // Before the demo's store is made where it should not be.
  const unfit = isDemo ? missingForOthers(config, true) : null;
  if (unfit !== null) throw new StartFault(unfit);
  const identity = openIdentity({
    folder: config.data,
    isDemo,
    session: config.session,
    publicUrl: config.serving.publicUrl,
    now,
    log,
  });
  const { accounts, sessions, passwords, admin, writer } = identity;
  if (isDemo) addDemoAccounts(accounts);
  const hasAccounts = isDemo || accounts.hasAny() || config.oidc !== null;
  const missing = missingForOthers(config, hasAccounts) ?? missingForSeveral(config, hasAccounts);
  if (missing !== null) {
    identity.close();
    throw new StartFault(missing);
  }

  const { db } = identity.store;
  const isLive = () => pbx.isLive();
  const { journal, history, audit, sweep } = openRecords({ identity, config, isLive, now, log });
  const metrics = createMetrics();
  installLastResort({ log, onError: metrics.unexpected });
  const startReaderFor = (reign: Reign) =>
    startReader({ config, directory, db, writer, accounts, journal, history, clock, metrics, log, reign });
  const gateways = config.redis === null ? null : await join(config.redis, log);
  const io = createConsoleServer(gateways ?? {});
  const pbx =
    gateways === null
      ? await startReaderFor(ALONE)
      : gateways.shareReader({ io, startReader: startReaderFor, journal, isDemo, clock });
  const health = keepHealth({
    metrics,
    board: pbx.board,
    store: { bytes: identity.store.bytes, writes: writer.counts },
    clock,
  });
  const ownBoards = createOwnBoards({ db });
  const { hideMessages } = config;
  const lastUsed = createLastUsed({ db, now, keepMs: config.keepEditsMs, hideMessages });
  const limiterOf = gateways?.limiterOf ?? countAlone;
  const throttle = createThrottle({ limiterOf });
  const firstAdmin = createFirstAdmin({
    admin,
    throttle,
    now,
    isNeeded: () => !isDemo && config.oidc === null && !accounts.hasAny(),
  });
  const dispatch = createDispatch({
    handlers: {
      ...createPresenceCommands({ edit: pbx.edit, journal }),
      ...createHistoryCommands({ history }),
      ...createOwnBoardCommands({ ownBoards }),
      ...createTemplateCommands({ templates: createTemplateStore({ db }), lastUsed }),
      ...createSessionCommands({ db, accounts, sessions, passwords, throttle }),
      ...createAccountCommands({ accounts, admin }),
      ...createAuditCommands({ audit }),
      ...createHealthCommands({
        health,
        asterisk: config.ami && hostAndPort(config.ami.host, config.ami.port),
      }),
    },
    storeRefusal: writer.refusal,
    log,
  });
  const signIn = createSignIn({
    accounts,
    passwords,
    throttle,
    isDemo,
    isPasswordAllowed: config.passwordSignIn,
    singleSignOn: config.oidc?.label ?? null,
    isFirstAdminNeeded: firstAdmin.isNeeded,
  });
  const served = await serve({
    io,
    config,
    pbx,
    accounts,
    sessions,
    store: storeIdentity(db, config.data),
    signIn: auditSignIns(countSignIns(signIn, metrics), accounts, audit),
    firstAdmin,
    signOnThrottle: createSignOnThrottle({ limiterOf }),
    signOnKey: () => keptKey(db, 'single sign-on'),
    storeRefusal: writer.refusal,
    ownBoards,
    dispatch: auditCommands(countCommands(dispatch, metrics), audit),
    metrics,
    audit,
    now,
    log,
  }).catch(async (error: unknown) => {
    health.stop();
    await pbx.stop();
    gateways?.close();
    identity.close();
    throw error;
  });
  identity.onChange(served.reviewSessions);
  identity.onChange(pbx.followNames);
  sweep();
  auditSettings({ db, settings: config.settings, audit });
  const sweeping = setInterval(sweep, SWEEP_MS);

  return {
    url: served.url,
    firstAdminUrl: firstAdmin.token === null ? null : `${served.url}welcome#${firstAdmin.token}`,
    reload() {
      directory.reload();
      served.reload();
    },
    async stop() {
      clearInterval(sweeping);
      health.stop();
      await Promise.all([served.stop(), pbx.stop()]);
      gateways?.close();
      identity.close();
    },
  };
}

/** What it takes is loaded only where it is used. */
async function join(url: URL, log: Logger) {
  const { joinGateways } = await import('./cluster/join-gateways.ts');
  return joinGateways({ url, log });
}
