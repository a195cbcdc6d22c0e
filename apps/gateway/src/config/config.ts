import type { AmiEndpoint } from '@lampboard/ami';
import { withoutBrackets } from '../platform/network.ts';
import {
  type Environment,
  type ConfigResult,
  configError,
  readEnvironment,
  rejectDependents,
  toConfigResult,
} from './environment.ts';
import { type SingleSignOnConfig, readOidc } from './oidc.ts';
import { readSecret, readText } from './secrets.ts';
import { type HttpConfig, readHttpConfig } from './serving.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIST_KB_PER_SECOND = 5;
const MIN_TOKEN_LENGTH = 16;

export interface Config {
  readonly http: HttpConfig;
  /** Null: no Asterisk is configured, the embedded demo PBX runs instead. */
  readonly ami: AmiEndpoint | null;
  /** Joins several gateways; null: this gateway is alone. */
  readonly redis: URL | null;
  /** Average bandwidth of periodic lists over AMI, in bytes per second. */
  readonly listBytesPerSecond: number;
  /** Null: hints of all contexts are shown. */
  readonly contexts: readonly string[] | null;
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
  /** The presence follows “do not disturb” on the phone. */
  readonly presenceFollowsDnd: boolean;
  /** Retention of presence changes and of the audit log. */
  readonly auditRetentionMs: number;
  /** Retention of lamps and presences; 0: no history. */
  readonly historyRetentionMs: number;
  /** Bearer token for the metrics; null: only this machine may read them. */
  readonly metricsToken: string | null;
  /** The text of every setting that has a value, by name; includes secrets. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads the configuration; an invalid value gives one line that names the setting and never its secret. */
export function readConfig(env: NodeJS.ProcessEnv): ConfigResult<Config> {
  return toConfigResult(() => {
    const values = readEnvironment(env);
    const settings = Object.entries(values).filter(([, value]) => value !== undefined);
    return {
      http: readHttpConfig(values),
      ami: readAmi(values),
      oidc: readOidc(values),
      metricsToken: readMetricsToken(values),
      redis: readRedis(values),
      listBytesPerSecond: (values.LAMPBOARD_AMI_LIST_KB_PER_SECOND ?? LIST_KB_PER_SECOND) * 1000,
      contexts: values.LAMPBOARD_CONTEXTS?.length ? values.LAMPBOARD_CONTEXTS : null,
      directoryFile: values.LAMPBOARD_DIRECTORY_FILE ?? null,
      dataDir: values.LAMPBOARD_DATA_DIR,
      session: {
        idleMs: values.LAMPBOARD_SESSION_IDLE_HOURS * HOUR_MS,
        maxMs: values.LAMPBOARD_SESSION_MAX_DAYS * DAY_MS,
      },
      passwordLogin: values.LAMPBOARD_PASSWORD_LOGIN,
      hideOthersMessages: values.LAMPBOARD_HIDE_OTHERS_MESSAGES,
      presenceFollowsDnd: values.LAMPBOARD_PRESENCE_FOLLOWS_DND,
      auditRetentionMs: values.LAMPBOARD_AUDIT_RETENTION_DAYS * DAY_MS,
      historyRetentionMs: values.LAMPBOARD_HISTORY_RETENTION_DAYS * DAY_MS,
      settings: new Map(settings.map(([name, value]) => [name, String(value)])),
    };
  });
}

/** Null: no Asterisk is configured. */
function readAmi(values: Environment): AmiEndpoint | null {
  const { LAMPBOARD_AMI_HOST: host, LAMPBOARD_AMI_PORT: port = 5038 } = values;
  if (host === undefined) {
    rejectDependents(values, 'LAMPBOARD_AMI_', 'LAMPBOARD_AMI_HOST');
    return null;
  }
  const username =
    values.LAMPBOARD_AMI_USERNAME ??
    configError('LAMPBOARD_AMI_USERNAME is missing beside LAMPBOARD_AMI_HOST.');
  const secret =
    readSecret(values, 'LAMPBOARD_AMI_SECRET') ??
    configError('LAMPBOARD_AMI_SECRET or LAMPBOARD_AMI_SECRET_FILE is missing beside LAMPBOARD_AMI_HOST.');
  const tls = readAmiTls(values);
  return { host: withoutBrackets(host), port, username, secret, ...(tls !== null && { tls }) };
}

function readAmiTls(values: Environment): NonNullable<AmiEndpoint['tls']> | null {
  const { LAMPBOARD_AMI_TLS_CA: caFile, LAMPBOARD_AMI_TLS_SERVER_NAME: serverName = null } = values;
  if (!values.LAMPBOARD_AMI_TLS) {
    if (caFile === undefined && serverName === null) return null;
    return configError(
      'LAMPBOARD_AMI_TLS_CA or LAMPBOARD_AMI_TLS_SERVER_NAME is set, but LAMPBOARD_AMI_TLS is not true.',
    );
  }
  const ca = caFile === undefined ? null : readText('LAMPBOARD_AMI_TLS_CA', caFile);
  // Node takes text without a certificate for an authority that has issued nothing.
  if (ca?.includes('-----BEGIN CERTIFICATE-----') === false)
    configError(`LAMPBOARD_AMI_TLS_CA names ${caFile}, which holds no PEM certificate.`);
  return { ca, serverName };
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
