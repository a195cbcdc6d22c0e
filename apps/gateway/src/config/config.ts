import type { OthersCalls } from '@lampboard/model';
import {
  type Environment,
  type ConfigResult,
  configError,
  readEnvironment,
  toConfigResult,
} from './environment.ts';
import { type SingleSignOnConfig, readOidc } from './oidc.ts';
import {
  type CallsMode,
  type PbxConfig,
  type Pbxs,
  pbxIdsOf,
  pbxTexts,
  readCallsMode,
  readPbxs,
} from './pbxs.ts';
import type { PbxFile } from './pbx-file.ts';
import { readSecret } from './secrets.ts';
import { type HttpConfig, pageUrl, readHttpConfig } from './serving.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MIN_TOKEN_LENGTH = 16;

export interface Config {
  readonly http: HttpConfig;
  /** Empty: no Asterisk is configured, the embedded demo PBX runs instead. */
  readonly pbxs: readonly PbxConfig[];
  readonly calls: CallsMode;
  /** Null: the environment has the only PBX. */
  readonly pbxFile: PbxFile | null;
  /** Files with secrets of the PBXs, with the settings that name them. */
  readonly secretFiles: Pbxs['secretFiles'];
  /** Joins several gateways; null: this gateway is alone. */
  readonly redis: URL | null;
  /** Path of the directory file, if any. */
  readonly directoryFile: string | null;
  /** Folder of the embedded store. */
  readonly dataDir: string;
  /** Session lifetime in milliseconds: without use, and in all. */
  readonly session: { readonly idleMs: number; readonly maxMs: number };
  readonly passwordLogin: boolean;
  /** Null: the site has no single sign-on. */
  readonly oidc: SingleSignOnConfig | null;
  /** Users are not sent the messages of others. */
  readonly hideOthersMessages: boolean;
  /** The part of others' calls that users are sent. */
  readonly othersCalls: OthersCalls;
  /** The presence follows “do not disturb” on the phone. */
  readonly presenceFollowsDnd: boolean;
  /** Retention of presence changes and of the audit log. */
  readonly auditRetentionMs: number;
  /** Retention of lamps and presences; 0: no history. */
  readonly historyRetentionMs: number;
  readonly callHistoryRetentionMs: number;
  /** Bearer token for the metrics; null: only this machine may read them. */
  readonly metricsToken: string | null;
  /** The text of every setting that has a value, by name; includes secrets. */
  readonly settings: ReadonlyMap<string, string>;
}

/**
 * Reads the configuration from the environment, and from the file that it names, or `defaultFile`. An invalid value gives one
 * line that names the setting and never its secret.
 */
export function readConfig(env: NodeJS.ProcessEnv, defaultFile: string | null = null): ConfigResult<Config> {
  return toConfigResult(() => {
    const values = readEnvironment(env);
    const { pbxs, pbxFile, secretFiles } = readPbxs(values, defaultFile);
    if (values.LAMPBOARD_DEMO_PUBLIC && pbxs.length > 0)
      configError(
        'LAMPBOARD_DEMO_PUBLIC is true, which shows the demo PBX to others, but an Asterisk is set as well: remove one of them.',
      );
    const settings = Object.entries(values).filter(([, value]) => value !== undefined);
    const calls = readCallsMode(values, pbxs);
    const redis = readRedis(values);
    const texts = settings.map(([name, value]) => [name, String(value)] as const);
    return {
      http: readHttpConfig(values),
      pbxs,
      calls,
      pbxFile,
      secretFiles,
      oidc: readOidc(values),
      metricsToken: readMetricsToken(values),
      redis,
      directoryFile: values.LAMPBOARD_DIRECTORY_FILE ?? null,
      dataDir: values.LAMPBOARD_DATA_DIR,
      session: {
        idleMs: values.LAMPBOARD_SESSION_IDLE_HOURS * HOUR_MS,
        maxMs: values.LAMPBOARD_SESSION_MAX_DAYS * DAY_MS,
      },
      passwordLogin: values.LAMPBOARD_PASSWORD_LOGIN,
      hideOthersMessages: values.LAMPBOARD_HIDE_OTHERS_MESSAGES,
      // Without calls, clients with the same rights share their deltas; another gateway may have calls.
      othersCalls: calls === 'off' && redis === null ? 'full' : values.LAMPBOARD_OTHERS_CALLS,
      presenceFollowsDnd: values.LAMPBOARD_PRESENCE_FOLLOWS_DND,
      auditRetentionMs: values.LAMPBOARD_AUDIT_RETENTION_DAYS * DAY_MS,
      historyRetentionMs: values.LAMPBOARD_HISTORY_RETENTION_DAYS * DAY_MS,
      callHistoryRetentionMs: values.LAMPBOARD_CALL_HISTORY_RETENTION_DAYS * DAY_MS,
      settings: new Map([...texts, ...pbxTexts(pbxFile)]),
    };
  });
}

function readMetricsToken(values: Environment): string | null {
  const token = readSecret(values, 'LAMPBOARD_METRICS_TOKEN');
  if (token === null || token.length >= MIN_TOKEN_LENGTH) return token;
  return configError(`LAMPBOARD_METRICS_TOKEN has less than ${MIN_TOKEN_LENGTH} characters.`);
}

/** The address may hold a password; errors do not repeat it. */
function readRedis(values: Environment): URL | null {
  const address = readSecret(values, 'LAMPBOARD_REDIS_URL');
  if (address === null) return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url !== null && /^rediss?:$/.test(url.protocol) && /^(\/\d*)?$/.test(url.pathname)) return url;
  return configError(
    'LAMPBOARD_REDIS_URL is not an address such as redis://127.0.0.1:6379/0, or rediss:// for TLS.',
  );
}

/** Returns what is missing for several gateways: the setup link works in one process only. Null: nothing. */
export function checkClusterSetup({ redis }: { redis: URL | null }, hasAccounts: boolean): string | null {
  if (redis === null || hasAccounts) return null;
  return 'LAMPBOARD_REDIS_URL is set, and there is no account yet. Create the first one: `lampboard account add NAME --role admin --password-stdin`';
}

/** Returns the options of accounts and sessions that the configuration decides. */
export function authSettings({
  session,
  http,
  passwordLogin,
  pbxs,
}: Pick<Config, 'session' | 'http' | 'passwordLogin' | 'pbxs'>) {
  return {
    session,
    publicUrl: http.publicUrl,
    pageUrl: pageUrl(http),
    isPasswordAllowed: passwordLogin,
    pbxIds: pbxIdsOf(pbxs),
  };
}
