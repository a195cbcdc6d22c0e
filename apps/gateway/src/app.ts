import { setFlagsFromString } from 'node:v8';
import { NO_SIGHT, type Viewer, createAliasIndex, sightOf } from '@lampboard/model';
import { type Config, authSettings, checkClusterSetup } from './config/config.ts';
import { isDemoConfig, pbxIdsOf } from './config/pbxs.ts';
import { warnIfPbxFileChanged } from './config/pbx-file.ts';
import { DOT_ENV, loadConfig } from './config/load-config.ts';
import { warnAboutExposedSecrets } from './config/secrets.ts';
import { type Logger, createLogger, handleUncaughtErrors } from './platform/log.ts';
import { createDirectoryService } from './directory/directory-commands.ts';
import { NO_DIRECTORY, type DirectoryFile, openDirectory } from './directory/directory-file.ts';
import { createDirectorySources } from './directory/directory-sources.ts';
import { createDirectoryStore } from './directory/directory-store.ts';
import { createHintStore } from './directory/hint-store.ts';
import { StartupError } from './platform/failure.ts';
import { REASON_TEXTS, storeReason } from './platform/store/store-error.ts';
import { createAuditLog, createAuditCommands, auditSettings } from './audit/audit-log.ts';
import { startPauseDetector } from './platform/pause-detector.ts';
import { createPresenceLog } from './presence/presence-log.ts';
import { createCallLog, createCallLogCommands } from './history/call-log.ts';
import { createHistory, createHistoryCommands } from './history/history.ts';
import { createAuth } from './auth/auth.ts';
import { type Store, openStore } from './platform/store/open-store.ts';
import { type StoreWriter, createStoreWriter } from './platform/store/store-writer.ts';
import type { Sessions } from './auth/sessions.ts';
import { createRetentionClock } from './platform/store/retention.ts';
import { addDemoAccounts } from './auth/accounts.ts';
import { createFirstAdmin } from './auth/first-admin.ts';
import { createSignIn } from './auth/sign-in.ts';
import { createInvitationSignIn } from './auth/invitation-sign-in.ts';
import { createMemoryLimiter, createSsoLimiter, createLoginLimiter } from './auth/login-limiter.ts';
import { recordCommands, recordInvitations, recordSignIns } from './audit/audited.ts';
import { systemClock } from './platform/clock.ts';
import { createAccountCommands } from './auth/account-commands.ts';
import { createDispatcher } from './auth/dispatcher.ts';
import { createHealthCommands, startHealthRecorder } from './health/health.ts';
import { createPreferencesCommands, createUserSettingsStore } from './preferences/user-settings.ts';
import { visibleSettings } from './preferences/visible-settings.ts';
import { createPresenceCommands } from './presence/presence-commands.ts';
import { checkPublicServing } from './config/serving.ts';
import { createIoServer } from './realtime/io-server.ts';
import { hostAndPort } from './platform/network.ts';
import { pbxSources } from './asterisk/pbx-endpoint.ts';
import { BOARD_EVENTS } from './asterisk/translate.ts';
import { createMetrics } from './metrics/metrics.ts';
import { ALWAYS_LEADER } from './board/leadership.ts';
import { startLeader } from './leader.ts';
import { startServer } from './server.ts';
import { VERSION } from './platform/version.ts';
import { secretKey, storeId } from './platform/store/secret-key.ts';
import { createRecentValues } from './presence/recent-values.ts';
import { createTemplateStore } from './presence/template-store.ts';

const PURGE_INTERVAL_MS = 3_600_000;

interface AppOptions {
  config: Config;
  directory: DirectoryFile;
  log: Logger;
}

/** Composes the gateway and starts serving; rejects if the address can't be used, or not with these settings. */
async function createApp({ config, directory, log }: AppOptions) {
  const clock = systemClock;
  const { now } = clock;
  const isDemo = isDemoConfig(config);
  // Checked before the demo's store is created.
  const servingError = isDemo ? checkPublicServing(config, true) : null;
  if (servingError !== null) throw new StartupError(servingError);
  const { dataDir: folder } = config;
  const store = openStore({ folder, isDemo, pbxs: config.pbxs });
  const { db } = store;
  const writer = createStoreWriter({ db, log });
  const isPasswordAllowed = config.passwordLogin;
  const sources = pbxSources(config);
  const pbxIds = pbxIdsOf(config.pbxs);
  const auth = createAuth({ store, writer, ...authSettings(config), now });
  const directoryStore = createDirectoryStore(store);
  const hintStore = createHintStore({ db, writer });
  const directorySources = createDirectorySources({
    file: directory,
    store: directoryStore,
    builtIn: new Map(sources.map(({ info, directory: builtIn }) => [info.id, builtIn])),
  });
  const directoryService = createDirectoryService({
    pbxs: sources.map(({ info, contexts }) => ({ id: info.id, contexts })),
    sources: directorySources,
    store: directoryStore,
    hints: hintStore,
  });
  const closeStore = () => {
    directoryStore.stop();
    auth.stop();
    writer.stop();
    store.close();
  };
  const { accounts, sessions, passwords, admin } = auth;
  if (isDemo) addDemoAccounts(accounts);
  const hasAccounts = isDemo || accounts.hasRealAccounts() || config.oidc !== null;
  const setupError = checkPublicServing(config, hasAccounts) ?? checkClusterSetup(config, hasAccounts);
  if (setupError !== null) {
    closeStore();
    throw new StartupError(setupError);
  }

  const isLive = (pbxId: string) => pbx.board.current().pbxs.get(pbxId)?.link.state === 'live';
  const { presenceLog, history, callLog, audit, purgeExpired } = openRecords({
    db,
    writer,
    sessions,
    config,
    pbxIds,
    isLive,
    now,
    log,
  });
  const metrics = createMetrics({ amiEvents: BOARD_EVENTS, pbxIds });
  handleUncaughtErrors({ log, onError: metrics.unexpectedError });
  const pauseDetector = startPauseDetector(clock);
  const records = { db, writer, accounts, presenceLog, history, callLog };
  const shared = {
    ...records,
    config,
    directory: directorySources,
    hintStore,
    pauseDetector,
    clock,
    metrics,
    log,
  };
  const cluster = config.redis === null ? null : await loadCluster(config.redis, log);
  const io = createIoServer(cluster ?? {});
  const pbx =
    cluster === null
      ? await startLeader({ ...shared, pbxs: sources, leadership: ALWAYS_LEADER })
      : cluster.connectSharedPbxs({
          ...shared,
          io,
          pbxs: sources,
          startLeader: (pbx, leadership) => startLeader({ ...shared, pbxs: [pbx], leadership }),
        });
  const storeGauges = { bytes: store.bytes, writes: writer.counts };
  const health = startHealthRecorder({ metrics, board: pbx.board, store: storeGauges, clock });
  const currentSightOf = (viewer: Viewer) => sightOf(pbx.board.current(), viewer);
  const aliasIndex = createAliasIndex();
  pbx.board.subscribe({
    onDelta: ({ changes }) => aliasIndex.onChanges(changes),
    onSnapshot: aliasIndex.onReset,
  });
  const aliasesOf = (id: string) => pbx.board.current().extensions.get(id)?.aliases ?? [];
  const userSettings = visibleSettings(createUserSettingsStore({ db }), (accountId) => {
    const account = accounts.findId(accountId);
    return account === null ? NO_SIGHT : currentSightOf(account);
  });
  const { hideOthersMessages, auditRetentionMs: retentionMs } = config;
  const templates = createTemplateStore({ db });
  const recentValues = createRecentValues({
    db,
    now,
    retentionMs,
    hideOthersMessages,
    sightOf: currentSightOf,
  });
  const createLimiter = cluster?.createLimiter ?? createMemoryLimiter;
  const loginLimiter = createLoginLimiter({ createLimiter });
  const firstAdmin = createFirstAdmin({
    admin,
    loginLimiter,
    now,
    isNeeded: () => !isDemo && config.oidc === null && !accounts.hasRealAccounts(),
  });
  const addresses = config.pbxs.map(
    ({ id, endpoint: { host, port } }) => [id, hostAndPort(host, port)] as const,
  );
  const dispatch = createDispatcher({
    handlers: {
      ...createPresenceCommands({ edit: pbx.edit, presenceLog, templates, recentValues, aliasesOf }),
      ...createHistoryCommands({ history, aliasesOf }),
      ...createCallLogCommands({ callLog, aliasesOf, sightOf: currentSightOf }),
      ...createPreferencesCommands({ userSettings }),
      ...createAccountCommands({ ...auth, db, loginLimiter }),
      ...directoryService.commands,
      ...createAuditCommands({ audit }),
      ...createHealthCommands(health, new Map(addresses)),
    },
    sightOf: currentSightOf,
    aliases: () => aliasIndex.of(pbx.board.current().extensions),
    toStoreFailure: writer.toFailure,
    log,
  });
  const signIn = createSignIn({
    accounts,
    passwords,
    loginLimiter,
    isDemo,
    isPasswordAllowed,
    singleSignOn: config.oidc?.label ?? null,
    isFirstAdminNeeded: firstAdmin.isNeeded,
  });
  const invitationSignIn = createInvitationSignIn({
    ...auth,
    db,
    loginLimiter,
    isPasswordAllowed,
  });
  const server = await startServer({
    ...shared,
    pbxIds,
    io,
    pbx,
    sessions,
    store: storeId(db, config.dataDir),
    signIn: recordSignIns(signIn, { accounts, audit, metrics }),
    firstAdmin,
    invitationSignIn: recordInvitations(invitationSignIn, { audit, metrics }),
    ssoLimiter: createSsoLimiter({ createLimiter }),
    ssoKey: () => secretKey(db, 'single sign-on'),
    toStoreFailure: writer.toFailure,
    userSettings,
    directoryService,
    dispatch: recordCommands(dispatch, { accounts, audit, metrics }),
    audit,
    now,
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  auth.onChange(server.revalidateSessions);
  auth.onChange(pbx.refreshAccountNames);
  purgeExpired();
  auditSettings({ db, settings: config.settings, audit });
  const purgeTimer = setInterval(purgeExpired, PURGE_INTERVAL_MS);
  const stopWatchingDirectory = directory.watch();

  return {
    url: server.url,
    /** One-time link that creates the first administrator; null if there are accounts. */
    firstAdminUrl: firstAdmin.token === null ? null : `${server.url}setup#${firstAdmin.token}`,
    /** Reloads the directory file, the certificate and its key; other settings need a restart. */
    reload() {
      warnIfPbxFileChanged({ file: config.pbxFile, log });
      directory.reload();
      server.reload();
    },
    async stop() {
      clearInterval(purgeTimer);
      stopWatchingDirectory();
      await close(server.stop());
    },
  };

  async function close(serving?: Promise<void>): Promise<void> {
    health.stop();
    await Promise.all([serving, pbx.stop()]);
    pauseDetector.stop();
    cluster?.close();
    closeStore();
  }
}

/** Loads the code for several gateways on demand. */
async function loadCluster(url: URL, log: Logger) {
  const { joinCluster } = await import('./cluster/cluster.ts');
  return joinCluster({ url, log });
}

interface RecordsOptions {
  db: Store['db'];
  writer: StoreWriter;
  sessions: Pick<Sessions, 'purgeExpired'>;
  config: Pick<Config, 'auditRetentionMs' | 'historyRetentionMs' | 'callHistoryRetentionMs'>;
  pbxIds: readonly string[];
  isLive: (pbxId: string) => boolean;
  now: () => number;
  log: Logger;
}

/** Opens the records with a retention time. `purgeExpired` also removes expired sessions. */
function openRecords({ db, writer, sessions, config, pbxIds, isLive, now, log }: RecordsOptions) {
  const { auditRetentionMs, historyRetentionMs } = config;
  const retentionClock = createRetentionClock({ db, writer, now, log });
  const retentionNow = retentionClock.now;
  const presenceLog = createPresenceLog({ db, writer, now: retentionNow, retentionMs: auditRetentionMs });
  const history = createHistory({
    db,
    writer,
    pbxIds,
    now,
    retentionNow,
    isLive,
    retentionMs: historyRetentionMs,
  });
  const callLog = createCallLog({
    db,
    writer,
    now,
    retentionNow,
    retentionMs: config.callHistoryRetentionMs,
  });
  const audit = createAuditLog({ db, writer, now, retentionNow, retentionMs: auditRetentionMs, log });

  return {
    presenceLog,
    history,
    callLog,
    audit,
    purgeExpired() {
      retentionClock.recordTime();
      sessions.purgeExpired(retentionNow());
      presenceLog.purgeExpired();
      audit.purgeExpired();
    },
  };
}

// With much memory V8 lets the heap grow to several times the live objects before it collects garbage.
setFlagsFromString('--heap-growing-percent=50');

function fail(message: string): never {
  process.stderr.write(`Lampboard: ${message}\n`);
  process.exit(1);
}

function loadSettings(log: Logger): { config: Config; directory: DirectoryFile } {
  const loaded = loadConfig();
  if (!loaded.ok) return fail(loaded.message);
  const config = loaded.value;
  warnAboutExposedSecrets({ env: process.env, dotEnv: DOT_ENV, secretFiles: config.secretFiles, log });
  if (config.directoryFile === null) return { config, directory: NO_DIRECTORY };
  const opened = openDirectory({
    path: config.directoryFile,
    pbxIds: pbxIdsOf(config.pbxs),
    log,
  });
  return opened.ok ? { config, directory: opened.value } : fail(opened.message);
}

const PUBLIC_DEMO =
  'The embedded demo PBX is shown to everyone who can reach this address, administrators without a password included (LAMPBOARD_DEMO_PUBLIC).';

/** Starts the gateway and prints its address; exits if it can't start. */
export async function main() {
  const log = createLogger();
  const { config, directory } = loadSettings(log);
  const app = await createApp({ config, directory, log }).catch((error: unknown) => {
    if (error instanceof StartupError) return fail(error.message);
    const reason = storeReason(error);
    if (reason !== null)
      return fail(
        `LAMPBOARD_DATA_DIR: the store in ${config.dataDir} can’t be used: ${REASON_TEXTS[reason]}.`,
      );
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes('EADDRINUSE'))
      return fail(`port ${config.http.port} is taken; choose another LAMPBOARD_PORT.`);
    return fail(`can't start: ${message}`);
  });

  log.info({ event: 'start', version: VERSION, node: process.version }, 'serving');
  process.stdout.write(`Lampboard is at ${app.url}\n`);
  if (config.http.isDemoPublic) {
    log.warn({ setting: 'LAMPBOARD_DEMO_PUBLIC' }, PUBLIC_DEMO);
    process.stdout.write(`!!! ${PUBLIC_DEMO}\n`);
  } else if (isDemoConfig(config)) {
    process.stdout.write(
      `No LAMPBOARD_AMI_HOST is set, in the environment or in ${DOT_ENV}: what you see is the embedded demo PBX, not a real one.\n`,
    );
  }
  if (app.firstAdminUrl !== null) {
    process.stdout.write(
      `There are no accounts yet. Make the first administrator, once, at ${app.firstAdminUrl}\n`,
    );
  }
  return app;
}
