import type { Target } from '@lampboard/ami';
import type { SingleSignOnConfig } from '../sso/config.ts';
import { readAmi } from './ami.ts';
import { type Environment, type Read, fault, listOf, readEnvironment } from './environment.ts';
import { readOidc } from './oidc.ts';
import { readSecret } from './secret.ts';
import { readRedis } from './redis.ts';
import { type Serving, readServing } from './serving.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIST_KB_PER_SECOND = 5;

export interface Config {
  readonly serving: Serving;
  /** Null: no Asterisk is configured, the embedded demo PBX stands in. */
  readonly ami: Target | null;
  /** Null: this gateway is alone. */
  readonly redis: URL | null;
  /** Lists that are taken without a reason take so many bytes a second of the line to Asterisk. */
  readonly listBytesPerSecond: number;
  /** Null: hints of all contexts are shown. */
  readonly contexts: readonly string[] | null;
  /** Path of the directory file; null where there is none. */
  readonly directory: string | null;
  /** Folder of the embedded store. */
  readonly data: string;
  /** Sessions end after so many milliseconds without use, and at the latest after so many in all. */
  readonly session: { readonly idleMs: number; readonly maxMs: number };
  readonly passwordSignIn: boolean;
  /** Null: the site has no single sign-on. */
  readonly oidc: SingleSignOnConfig | null;
  /** Users are not sent the messages of others. */
  readonly hideMessages: boolean;
  /** Milliseconds for which it is kept who set what. */
  readonly keepEditsMs: number;
  /** Milliseconds for which it is kept how lamps and presences were; 0: it is not kept. */
  readonly keepHistoryMs: number;
  /** Whoever bears it may read the metrics from anywhere; null: nobody may. */
  readonly metricsToken: string | null;
  /** Every setting that has a value, as a text, by its name; secrets among them. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads the configuration from the environment; a wrong value gives one line that names it, and never its secret. */
export function readConfig(env: NodeJS.ProcessEnv): Read<Config> {
  const environment = readEnvironment(env);
  if (!environment.ok) return environment;
  const values = environment.value;
  const serving = readServing(values);
  if (!serving.ok) return serving;
  const ami = readAmi(values);
  if (!ami.ok) return ami;
  const oidc = readOidc(values);
  if (!oidc.ok) return oidc;
  const metricsToken = readMetricsToken(values);
  if (!metricsToken.ok) return metricsToken;
  const redis = readRedis(values);
  if (!redis.ok) return redis;
  const contexts = listOf(values.LAMPBOARD_CONTEXTS);
  return {
    ok: true,
    value: {
      serving: serving.value,
      ami: ami.value,
      listBytesPerSecond: (values.LAMPBOARD_AMI_LIST_KB_PER_SECOND ?? LIST_KB_PER_SECOND) * 1000,
      redis: redis.value,
      contexts: contexts.length === 0 ? null : contexts,
      directory: values.LAMPBOARD_DIRECTORY ?? null,
      data: values.LAMPBOARD_DATA,
      session: {
        idleMs: values.LAMPBOARD_SESSION_IDLE_HOURS * HOUR_MS,
        maxMs: values.LAMPBOARD_SESSION_MAX_DAYS * DAY_MS,
      },
      passwordSignIn: values.LAMPBOARD_PASSWORD_SIGN_IN,
      oidc: oidc.value,
      hideMessages: values.LAMPBOARD_HIDE_MESSAGES,
      keepEditsMs: values.LAMPBOARD_EDITS_DAYS * DAY_MS,
      keepHistoryMs: values.LAMPBOARD_HISTORY_DAYS * DAY_MS,
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
const TOKEN_LENGTH = 16;

function readMetricsToken(values: Environment): Read<string | null> {
  const token = readSecret(values, 'LAMPBOARD_METRICS_TOKEN');
  if (!token.ok || token.value === null || token.value.length >= TOKEN_LENGTH) return token;
  return fault(`LAMPBOARD_METRICS_TOKEN has less than ${TOKEN_LENGTH} characters.`);
}
