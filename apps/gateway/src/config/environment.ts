import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

const port = z.coerce
  .number('is not a number')
  .int('is not a whole number')
  .min(0, 'is below 0')
  .max(65_535, 'is above 65535');
const text = z.string().trim().optional();
const positive = z.coerce.number('is not a number').gt(0, 'is not above 0');
const yesOrNo = z.enum(['true', 'false'], 'is neither true nor false').transform((word) => word === 'true');
const url = z
  .string()
  .trim()
  .refine((value) => URL.canParse(value), 'is not an address such as https://lampboard.example.org')
  .transform((value) => new URL(value))
  .optional();

/** Every setting as the environment gives it. What belongs together is read together, by the files beside this one. */
const environment = z.object({
  LAMPBOARD_HOST: text,
  LAMPBOARD_PORT: port.default(8080),
  LAMPBOARD_PUBLIC_URL: url,
  LAMPBOARD_TRUSTED_PROXIES: text,
  LAMPBOARD_TLS_CERT: text,
  LAMPBOARD_TLS_KEY: text,
  LAMPBOARD_AMI_HOST: text,
  LAMPBOARD_AMI_PORT: port.min(1, 'is below 1').optional(),
  LAMPBOARD_AMI_USERNAME: text,
  LAMPBOARD_AMI_SECRET: text,
  LAMPBOARD_AMI_SECRET_FILE: text,
  LAMPBOARD_AMI_TLS: yesOrNo.optional(),
  LAMPBOARD_AMI_TLS_CA: text,
  LAMPBOARD_AMI_TLS_SERVER_NAME: text,
  LAMPBOARD_AMI_LIST_KB_PER_SECOND: positive.optional(),
  LAMPBOARD_REDIS_URL: text,
  LAMPBOARD_REDIS_URL_FILE: text,
  LAMPBOARD_CONTEXTS: text,
  LAMPBOARD_DIRECTORY: text,
  LAMPBOARD_DATA: z.string().trim().default('./data'),
  LAMPBOARD_SESSION_IDLE_HOURS: positive.default(12),
  LAMPBOARD_SESSION_MAX_DAYS: positive.default(30),
  LAMPBOARD_PASSWORD_SIGN_IN: yesOrNo.default(true),
  LAMPBOARD_HIDE_MESSAGES: yesOrNo.default(false),
  LAMPBOARD_EDITS_DAYS: positive.default(90),
  LAMPBOARD_HISTORY_DAYS: z.coerce.number('is not a number').min(0, 'is below 0').default(7),
  LAMPBOARD_METRICS_TOKEN: text,
  LAMPBOARD_METRICS_TOKEN_FILE: text,
  LAMPBOARD_OIDC_ISSUER: url,
  LAMPBOARD_OIDC_CLIENT_ID: text,
  LAMPBOARD_OIDC_CLIENT_SECRET: text,
  LAMPBOARD_OIDC_CLIENT_SECRET_FILE: text,
  LAMPBOARD_OIDC_NAME: text,
  LAMPBOARD_OIDC_SCOPES: text,
  LAMPBOARD_OIDC_ACCOUNT_CLAIM: text,
  LAMPBOARD_OIDC_ROLE_CLAIM: text,
  LAMPBOARD_OIDC_ROLES: text,
  LAMPBOARD_OIDC_EXTENSION_CLAIM: text,
  LAMPBOARD_OIDC_CONTEXT: text,
});
export type Environment = z.infer<typeof environment>;

const SETTINGS = Object.keys(environment.shape);

/** Read by the tests only: the folders of their Asterisks. */
const OF_THE_TESTS = new Set(['LAMPBOARD_TEST_ASTERISK_16', 'LAMPBOARD_TEST_ASTERISK_22']);

/** A name with so few letters changed is a misspelt setting, whatever it begins with. */
const MAX_TYPOS = 2;

/** What was read, or one line for the administrator that names the setting and never its secret. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

export function fault(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

/** Takes the settings from the environment; an empty one counts as not there, and a name that is none of them is refused. */
export function readEnvironment(env: NodeJS.ProcessEnv): Read<Environment> {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const strays = given.flatMap(([name]) => misspelling(name) ?? []);
  if (strays.length > 0) return fault(strays.join(' '));
  const cut = given.find(([name, value]) => SETTINGS.includes(name) && /[\r\n]/.test(value?.trim() ?? ''));
  if (cut !== undefined) return fault(`${cut[0]} holds a line break.`);
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return fault(`${issue?.path.join('.') ?? 'The configuration'} ${issue?.message ?? 'is wrong'}.`);
}

/** Names the nearest setting where a name is meant for one and is none; null for settings and for other programs' variables. */
function misspelling(name: string): string | null {
  if (SETTINGS.includes(name) || OF_THE_TESTS.has(name)) return null;
  const nearest = closest(name.toUpperCase(), SETTINGS);
  const isMeant = /^LAMPBOARD_/i.test(name) || distance(name.toUpperCase(), nearest) <= MAX_TYPOS;
  return isMeant ? `${name} is not a setting; did you mean ${nearest}?` : null;
}

/** Returns the first setting given whose name begins so, in the order of the settings. */
export function givenOf(values: Environment, prefix: string): string | undefined {
  return Object.keys(values).find((name) => name.startsWith(prefix));
}

export function listOf(value: string | undefined): string[] {
  const items = value?.split(',').map((item) => item.trim()) ?? [];
  return items.filter((item) => item !== '');
}
