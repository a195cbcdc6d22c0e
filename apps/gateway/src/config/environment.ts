import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

const port = z.coerce
  .number('is not a number')
  .int('is not a whole number')
  .min(0, 'is below 0')
  .max(65_535, 'is above 65535');
const optionalText = z.string().trim().optional();
const positiveNumber = z.coerce.number('is not a number').gt(0, 'is not above 0');
const booleanText = z
  .enum(['true', 'false'], 'is neither true nor false')
  .transform((value) => value === 'true');
const url = z
  .string()
  .trim()
  .refine((value) => URL.canParse(value), 'is not an address such as https://lampboard.example.org')
  .transform((value) => new URL(value))
  .optional();

/** Every setting as the environment gives it. What belongs together is read together, by the files beside this one. */
const environment = z.object({
  LAMPBOARD_HOST: optionalText,
  LAMPBOARD_PORT: port.default(8080),
  LAMPBOARD_PUBLIC_URL: url,
  LAMPBOARD_TRUSTED_PROXIES: optionalText,
  LAMPBOARD_TLS_CERT: optionalText,
  LAMPBOARD_TLS_KEY: optionalText,
  LAMPBOARD_AMI_HOST: optionalText,
  LAMPBOARD_AMI_PORT: port.min(1, 'is below 1').optional(),
  LAMPBOARD_AMI_USERNAME: optionalText,
  LAMPBOARD_AMI_SECRET: optionalText,
  LAMPBOARD_AMI_SECRET_FILE: optionalText,
  LAMPBOARD_AMI_TLS: booleanText.optional(),
  LAMPBOARD_AMI_TLS_CA: optionalText,
  LAMPBOARD_AMI_TLS_SERVER_NAME: optionalText,
  LAMPBOARD_AMI_LIST_KB_PER_SECOND: positiveNumber.optional(),
  LAMPBOARD_REDIS_URL: optionalText,
  LAMPBOARD_REDIS_URL_FILE: optionalText,
  LAMPBOARD_CONTEXTS: optionalText,
  LAMPBOARD_DIRECTORY_FILE: optionalText,
  LAMPBOARD_DATA_DIR: z.string().trim().default('./data'),
  LAMPBOARD_SESSION_IDLE_HOURS: positiveNumber.default(12),
  LAMPBOARD_SESSION_MAX_DAYS: positiveNumber.default(30),
  LAMPBOARD_PASSWORD_LOGIN: booleanText.default(true),
  LAMPBOARD_HIDE_OTHERS_MESSAGES: booleanText.default(false),
  LAMPBOARD_AUDIT_RETENTION_DAYS: positiveNumber.default(90),
  LAMPBOARD_HISTORY_RETENTION_DAYS: z.coerce.number('is not a number').min(0, 'is below 0').default(7),
  LAMPBOARD_METRICS_TOKEN: optionalText,
  LAMPBOARD_METRICS_TOKEN_FILE: optionalText,
  LAMPBOARD_OIDC_ISSUER: url,
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

/** Read by the tests only: the folders of their Asterisks. */
const TEST_SETTINGS = new Set(['LAMPBOARD_TEST_ASTERISK_16', 'LAMPBOARD_TEST_ASTERISK_22']);

/** A name with so few letters changed is a misspelt setting, whatever it begins with. */
const MAX_EDIT_DISTANCE = 2;

/** What was read, or one line for the administrator that names the setting and never its secret. */
export type ConfigResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

export function configError(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

/** Takes the settings from the environment; an empty one counts as not there, and a name that is none of them is refused. */
export function readEnvironment(env: NodeJS.ProcessEnv): ConfigResult<Environment> {
  const provided = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const unknownSettings = provided.flatMap(([name]) => misspelling(name) ?? []);
  if (unknownSettings.length > 0) return configError(unknownSettings.join(' '));
  const multiline = provided.find(
    ([name, value]) => SETTINGS.includes(name) && /[\r\n]/.test(value?.trim() ?? ''),
  );
  if (multiline !== undefined) return configError(`${multiline[0]} holds a line break.`);
  const parsed = environment.safeParse(Object.fromEntries(provided));
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return configError(`${issue?.path.join('.') ?? 'The configuration'} ${issue?.message ?? 'is wrong'}.`);
}

/** Names the nearest setting where a name is meant for one and is none; null for settings and for other programs' variables. */
function misspelling(name: string): string | null {
  if (SETTINGS.includes(name) || TEST_SETTINGS.has(name)) return null;
  const nearest = closest(name.toUpperCase(), SETTINGS);
  const isIntended = /^LAMPBOARD_/i.test(name) || distance(name.toUpperCase(), nearest) <= MAX_EDIT_DISTANCE;
  return isIntended ? `${name} is not a setting; did you mean ${nearest}?` : null;
}

/** Returns the first setting given whose name begins so, in the order of the settings. */
export function firstSetting(values: Environment, prefix: string): string | undefined {
  return Object.keys(values).find((name) => name.startsWith(prefix));
}

export function parseList(value: string | undefined): string[] {
  const items = value?.split(',').map((item) => item.trim()) ?? [];
  return items.filter((item) => item !== '');
}
