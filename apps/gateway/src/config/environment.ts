import { closest, distance } from 'fastest-levenshtein';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { OTHERS_CALLS } from '@lampboard/model';
import { StartupError } from '../platform/failure.ts';

const port = z.coerce
  .number('is not a number')
  .int('is not a whole number')
  .min(0, 'is below 0')
  .max(65_535, 'is above 65535');
const optionalText = z.string('is not a text').trim().optional();
const positiveNumber = z.coerce.number('is not a number').gt(0, 'is not above 0');
const booleanText = z
  .enum(['true', 'false'], 'is neither true nor false')
  .transform((value) => value === 'true');

/** Settings of one AMI link, by their names in the configuration file; `LAMPBOARD_AMI_…` in the environment. */
export const amiSettings = z.strictObject({
  host: optionalText,
  port: port.min(1, 'is below 1').optional(),
  username: optionalText,
  secret: optionalText,
  secret_file: optionalText,
  calls_username: optionalText,
  calls_secret: optionalText,
  calls_secret_file: optionalText,
  tls: booleanText.optional(),
  tls_ca: optionalText,
  tls_server_name: optionalText,
  list_kb_per_second: positiveNumber.optional(),
});
export type AmiSettings = z.infer<typeof amiSettings>;
const ami = amiSettings.shape;

const url = z
  .string()
  .trim()
  .refine((value) => URL.canParse(value), {
    error: 'is not an address such as https://lampboard.example.org',
    abort: true,
  })
  .transform((value) => new URL(value));
const list = z.string().transform(parseList);

/** An origin, and a path of segments that need no escaping anywhere: in addresses, cookies or files of proxies. */
const isPublicUrl = ({ protocol, origin, pathname, href }: URL) =>
  /^https?:$/.test(protocol) && /^\/(?:[\w.~-]+\/)*$/.test(pathname) && href === `${origin}${pathname}`;

/** Appends the last slash of the path. */
function toFolderUrl(value: URL): URL {
  const folder = new URL(value);
  folder.pathname = value.pathname.replace(/\/?$/, '/');
  return folder;
}

/** All settings. Rules that concern several of them are in the files beside this one. */
const environment = z.object({
  LAMPBOARD_HOST: optionalText,
  LAMPBOARD_PORT: port.default(8080),
  LAMPBOARD_PUBLIC_URL: url
    .transform(toFolderUrl)
    .refine(
      isPublicUrl,
      'is not an address such as https://lampboard.example.org or https://pbx.example.org/lampboard/',
    )
    .optional(),
  LAMPBOARD_TRUSTED_PROXIES: list
    .superRefine((proxies, { addIssue }) => {
      const invalid = proxies.find((proxy) => !ipaddr.isValid(proxy) && !ipaddr.isValidCIDR(proxy));
      if (invalid !== undefined)
        addIssue(`holds ${invalid}, which is neither an address nor a network such as 10.0.0.0/8`);
    })
    .optional(),
  LAMPBOARD_TLS_CERT: optionalText,
  LAMPBOARD_TLS_KEY: optionalText,
  LAMPBOARD_CONFIG_FILE: optionalText,
  LAMPBOARD_AMI_HOST: ami.host,
  LAMPBOARD_AMI_PORT: ami.port,
  LAMPBOARD_AMI_USERNAME: ami.username,
  LAMPBOARD_AMI_SECRET: ami.secret,
  LAMPBOARD_AMI_SECRET_FILE: ami.secret_file,
  LAMPBOARD_CALLS: z.enum(['off', 'show', 'control'], 'is none of off, show, control').optional(),
  LAMPBOARD_CALLS_AMI_USERNAME: ami.calls_username,
  LAMPBOARD_CALLS_AMI_SECRET: ami.calls_secret,
  LAMPBOARD_CALLS_AMI_SECRET_FILE: ami.calls_secret_file,
  LAMPBOARD_AMI_TLS: ami.tls,
  LAMPBOARD_AMI_TLS_CA: ami.tls_ca,
  LAMPBOARD_AMI_TLS_SERVER_NAME: ami.tls_server_name,
  LAMPBOARD_AMI_LIST_KB_PER_SECOND: ami.list_kb_per_second,
  LAMPBOARD_REDIS_URL: optionalText,
  LAMPBOARD_REDIS_URL_FILE: optionalText,
  LAMPBOARD_CONTEXTS: list.optional(),
  LAMPBOARD_DIRECTORY_FILE: optionalText,
  LAMPBOARD_DEMO_PUBLIC: booleanText.default(false),
  LAMPBOARD_DATA_DIR: z.string().trim().default('./data'),
  LAMPBOARD_SESSION_IDLE_HOURS: positiveNumber.default(12),
  LAMPBOARD_SESSION_MAX_DAYS: positiveNumber.default(30),
  LAMPBOARD_PASSWORD_LOGIN: booleanText.default(true),
  LAMPBOARD_HIDE_OTHERS_MESSAGES: booleanText.default(false),
  LAMPBOARD_OTHERS_CALLS: z.enum(OTHERS_CALLS, 'is neither full, name-only nor nothing').default('nothing'),
  LAMPBOARD_PRESENCE_FOLLOWS_DND: booleanText.default(false),
  LAMPBOARD_AUDIT_RETENTION_DAYS: positiveNumber.default(90),
  LAMPBOARD_HISTORY_RETENTION_DAYS: z.coerce.number('is not a number').min(0, 'is below 0').default(7),
  LAMPBOARD_CALL_HISTORY_RETENTION_DAYS: z.coerce.number('is not a number').min(0, 'is below 0').default(0),
  LAMPBOARD_METRICS_TOKEN: optionalText,
  LAMPBOARD_METRICS_TOKEN_FILE: optionalText,
  LAMPBOARD_OIDC_ISSUER: url.optional(),
  LAMPBOARD_OIDC_CLIENT_ID: optionalText,
  LAMPBOARD_OIDC_CLIENT_SECRET: optionalText,
  LAMPBOARD_OIDC_CLIENT_SECRET_FILE: optionalText,
  LAMPBOARD_OIDC_DISPLAY_NAME: optionalText,
  LAMPBOARD_OIDC_SCOPES: optionalText,
  LAMPBOARD_OIDC_ACCOUNT_CLAIM: optionalText,
  LAMPBOARD_OIDC_ROLE_CLAIM: optionalText,
  LAMPBOARD_OIDC_ROLE_MAPPING: optionalText,
  LAMPBOARD_OIDC_EXTENSION_CLAIM: optionalText,
  LAMPBOARD_OIDC_CONTEXT: optionalText,
});
export type Environment = z.infer<typeof environment>;

const SETTINGS = Object.keys(environment.shape);

/** Former names, with the present ones. */
const RENAMED_SETTINGS = new Map([
  ['LAMPBOARD_DATA', 'LAMPBOARD_DATA_DIR'],
  ['LAMPBOARD_DIRECTORY', 'LAMPBOARD_DIRECTORY_FILE'],
  ['LAMPBOARD_EDITS_DAYS', 'LAMPBOARD_AUDIT_RETENTION_DAYS'],
  ['LAMPBOARD_HIDE_MESSAGES', 'LAMPBOARD_HIDE_OTHERS_MESSAGES'],
  ['LAMPBOARD_HISTORY_DAYS', 'LAMPBOARD_HISTORY_RETENTION_DAYS'],
  ['LAMPBOARD_OIDC_NAME', 'LAMPBOARD_OIDC_DISPLAY_NAME'],
  ['LAMPBOARD_OIDC_ROLES', 'LAMPBOARD_OIDC_ROLE_MAPPING'],
  ['LAMPBOARD_PASSWORD_SIGN_IN', 'LAMPBOARD_PASSWORD_LOGIN'],
]);

/** Folders of the Asterisks that the tests start. */
const TEST_SETTINGS = new Set(['LAMPBOARD_TEST_ASTERISK_16', 'LAMPBOARD_TEST_ASTERISK_22']);

/** Names within this edit distance of a setting are misspelt settings. */
const MAX_EDIT_DISTANCE = 2;

/** The value, or one line for the administrator that names the setting and never its secret. */
export type ConfigResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Returns a thrown {@link StartupError} as a result. */
export function toConfigResult<T>(read: () => T): ConfigResult<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof StartupError) return { ok: false, message: error.message };
    throw error;
  }
}

/** Throws a {@link StartupError}. */
export function configError(message: string): never {
  throw new StartupError(message);
}

/** Parses the settings. Empty settings count as unset; unknown ones are an error. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const provided = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const unknownSettings = provided.flatMap(([name]) => unknownSettingText(name) ?? []);
  if (unknownSettings.length > 0) configError(unknownSettings.join(' '));
  const multiline = provided.find(
    ([name, value]) => SETTINGS.includes(name) && /[\r\n]/.test(value?.trim() ?? ''),
  );
  if (multiline !== undefined) configError(`${multiline[0]} holds a line break.`);
  const parsed = environment.safeParse(Object.fromEntries(provided));
  if (parsed.success) return parsed.data;
  return configError(
    parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join(' '),
  );
}

/** Names the present or the nearest setting; null for settings and for other programs' variables. */
function unknownSettingText(name: string): string | null {
  if (SETTINGS.includes(name) || TEST_SETTINGS.has(name)) return null;
  const presentName = RENAMED_SETTINGS.get(name);
  if (presentName !== undefined) return `${name} is now called ${presentName}.`;
  const nearest = closest(name.toUpperCase(), SETTINGS);
  const isIntended = /^LAMPBOARD_/i.test(name) || distance(name.toUpperCase(), nearest) <= MAX_EDIT_DISTANCE;
  return isIntended ? `${name} is not a setting; did you mean ${nearest}?` : null;
}

/** Throws where a setting with this prefix is set although the `required` one is missing. */
export function rejectDependents(values: Environment, prefix: string, required: string): void {
  const dependent = Object.keys(values).find((name) => name.startsWith(prefix));
  if (dependent !== undefined) configError(`${dependent} is set, but ${required} is missing beside it.`);
}

export function parseList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
