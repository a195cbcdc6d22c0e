import {
  type Environment,
  type ConfigResult,
  configError,
  parseList,
  readEnvironment,
} from './environment.ts';
import { readSecret } from './secrets.ts';
import type { AmiEndpoint } from '@lampboard/ami';
import { type SingleSignOnConfig, readOidc } from './oidc.ts';
import { readAmi } from './ami.ts';
import { type HttpConfig, readHttpConfig } from './serving.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIST_KB_PER_SECOND = 5;

export interface Config {
  readonly http: HttpConfig;
  /** Null: no Asterisk is configured, the embedded demo PBX stands in. */
  readonly ami: AmiEndpoint | null;
  /** Null: this gateway is alone. */
  readonly redis: URL | null;
  /** Lists that are taken without a reason take so many bytes a second of the line to Asterisk. */
  readonly listBytesPerSecond: number;
  /** Null: hints of all contexts are shown. */
  readonly contexts: readonly string[] | null;
  /** Path of the directory file; null where there is none. */
  readonly directoryFile: string | null;
  /** Folder of the embedded store. */
  readonly dataDir: string;
  /** Sessions end after so many milliseconds without use, and at the latest after so many in all. */
  readonly session: { readonly idleMs: number; readonly maxMs: number };
  readonly passwordLogin: boolean;
  /** Null: the site has no single sign-on. */
  readonly oidc: SingleSignOnConfig | null;
  /** Users are not sent the messages of others. */
  readonly hideOthersMessages: boolean;
  /** Milliseconds for which it is kept who set what. */
  readonly auditRetentionMs: number;
  /** Milliseconds for which it is kept how lamps and presences were; 0: it is not kept. */
  readonly historyRetentionMs: number;
  /** Whoever bears it may read the metrics from anywhere; null: nobody may. */
  readonly metricsToken: string | null;
  /** Every setting that has a value, as a text, by its name; secrets among them. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads the configuration from the environment; a wrong value gives one line that names it, and never its secret. */
export function readConfig(env: NodeJS.ProcessEnv): ConfigResult<Config> {
  const environment = readEnvironment(env);
  if (!environment.ok) return environment;
  const values = environment.value;
  const http = readHttpConfig(values);
  if (!http.ok) return http;
  const ami = readAmi(values);
  if (!ami.ok) return ami;
  const oidc = readOidc(values);
  if (!oidc.ok) return oidc;
  const metricsToken = readMetricsToken(values);
  if (!metricsToken.ok) return metricsToken;
  const redis = readRedis(values);
  if (!redis.ok) return redis;
  const contexts = parseList(values.LAMPBOARD_CONTEXTS);
  return {
    ok: true,
    value: {
      http: http.value,
      ami: ami.value,
      listBytesPerSecond: (values.LAMPBOARD_AMI_LIST_KB_PER_SECOND ?? LIST_KB_PER_SECOND) * 1000,
      redis: redis.value,
      contexts: contexts.length === 0 ? null : contexts,
      directoryFile: values.LAMPBOARD_DIRECTORY_FILE ?? null,
      dataDir: values.LAMPBOARD_DATA_DIR,
      session: {
        idleMs: values.LAMPBOARD_SESSION_IDLE_HOURS * HOUR_MS,
        maxMs: values.LAMPBOARD_SESSION_MAX_DAYS * DAY_MS,
      },
      passwordLogin: values.LAMPBOARD_PASSWORD_LOGIN,
      oidc: oidc.value,
      hideOthersMessages: values.LAMPBOARD_HIDE_OTHERS_MESSAGES,
      auditRetentionMs: values.LAMPBOARD_AUDIT_RETENTION_DAYS * DAY_MS,
      historyRetentionMs: values.LAMPBOARD_HISTORY_RETENTION_DAYS * DAY_MS,
      metricsToken: metricsToken.value,
      settings: settingsOf(values),
    },
  };
}

function settingsOf(values: Environment): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** It is asked for from anywhere, as often as somebody likes. */
const MIN_TOKEN_LENGTH = 16;

function readMetricsToken(values: Environment): ConfigResult<string | null> {
  const token = readSecret(values, 'LAMPBOARD_METRICS_TOKEN');
  if (!token.ok || token.value === null || token.value.length >= MIN_TOKEN_LENGTH) return token;
  return configError(`LAMPBOARD_METRICS_TOKEN has less than ${MIN_TOKEN_LENGTH} characters.`);
}

/** The Redis that joins several gateways; null where there is one alone. It may hold a password, and is never repeated. */
function readRedis(values: Environment): ConfigResult<URL | null> {
  const address = readSecret(values, 'LAMPBOARD_REDIS_URL');
  if (!address.ok || address.value === null) return address.ok ? { ok: true, value: null } : address;
  const { value } = address;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isRedis = url !== null && /^rediss?:$/.test(url.protocol) && /^(\/\d*)?$/.test(url.pathname);
  if (isRedis) return { ok: true, value: url };
  return configError(
    'LAMPBOARD_REDIS_URL is not an address such as redis://127.0.0.1:6379/0, or rediss:// for TLS.',
  );
}

/** The link that makes the first administrator is one process's own: with several there has to be an account already. */
export function checkClusterSetup({ redis }: { redis: URL | null }, hasAccounts: boolean): string | null {
  if (redis === null || hasAccounts) return null;
  return 'LAMPBOARD_REDIS_URL is set, and there is no account yet. Make the first one: `npm run lampboard -- account add NAME --role admin --password-stdin`';
}
