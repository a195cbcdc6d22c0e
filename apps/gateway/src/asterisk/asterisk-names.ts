import type { AmiClient, AmiResult } from '@lampboard/ami';
import { type HintState, parseHint } from '@lampboard/model';
import { isBlank } from '../directory/directory-csv.ts';
import { getvar } from './getvar.ts';

const FAMILY = 'AMPUSER';
const KEY = new RegExp(`^/${FAMILY}/([^/\\n]+)/cidname$`);

/** FreePBX's names by number; placeholders among them. */
export type FreePbxNames = ReadonlyMap<string, string>;

/**
 * Reads the names that FreePBX keeps in AstDB (`DBGetTree`, class `system` or `reporting`; Asterisk 16.28, 18.14, 19.6 and
 * newer). Asterisk matches keys by SQL's `LIKE`, so that `%` leaves out FreePBX's passwords and settings.
 */
export async function readFreePbxNames(ami: Pick<AmiClient, 'list'>): Promise<AmiResult<FreePbxNames>> {
  const entries = await ami.list({ Action: 'DBGetTree', Family: FAMILY, Key: '%/cidname' });
  if (!entries.ok) return entries;
  const names = new Map<string, string>();
  for (const { fields } of entries.value) {
    const { key = '', val = '' } = fields;
    const number = KEY.exec(key)?.[1];
    // A line break comes from text that forges headers.
    if (number !== undefined && !val.includes('\n')) names.set(number, val);
  }
  return { ok: true, value: names };
}

/** Caller ID names that FreePBX and Asterisk's channel drivers set where none is configured. */
const PLACEHOLDER = /^(?:device|unknown|anonymous|asterisk)$/iu;

/** Reads the name in the hint (`PJSIP/1101(Alice Chen)`), else FreePBX's, else the phone's caller ID; empty without any. */
export async function readAsteriskName(
  ami: Pick<AmiClient, 'send'>,
  { exten, context, hint }: HintState,
  freePbxNames: FreePbxNames,
): Promise<AmiResult<string>> {
  // HINT() reads everything after the first @ as the context.
  if (isSafeIdentifier(exten) && isSafeIdentifier(context) && !exten.includes('@')) {
    const hintName = await getvar(ami, `HINT(${exten}@${context},n)`);
    if (!hintName.ok || hintName.value !== '')
      return hintName.ok ? { ok: true, value: unquote(hintName.value) } : hintName;
  }
  const freePbxName = realName(freePbxNames.get(exten) ?? '');
  if (freePbxName !== '') return { ok: true, value: freePbxName };
  const variable = parseHint(hint)
    .devices.map(callerIdVariable)
    .find((one) => one !== null);
  if (variable === undefined) return { ok: true, value: '' };
  const callerId = await getvar(ami, variable);
  return callerId.ok ? { ok: true, value: callerName(callerId.value) } : callerId;
}

/** Returns the dialplan function that reads a device's caller ID; null for technologies without one. */
function callerIdVariable(device: string): string | null {
  const [, technology = '', name = ''] = /^(\w+)\/(.+)$/u.exec(device) ?? [];
  if (!isSafeIdentifier(name)) return null;
  switch (technology.toUpperCase()) {
    case 'PJSIP':
      return `PJSIP_ENDPOINT(${name},callerid)`;
    case 'SIP':
      return `SIPPEER(${name},callerid_name)`;
    case 'IAX2':
      return `IAXPEER(${name},callerid_name)`;
    default:
      return null;
  }
}

/** Safe inside the brackets of a dialplan function. */
const isSafeIdentifier = (text: string) => /^[^\s,()"\\]+$/u.test(text);

/** Returns the name in `"Alice Chen" <1104>` or `Alice Chen`; empty as {@link realName}. */
function callerName(callerId: string): string {
  return realName(unquote((/^(.*)<[^<>]*>$/su.exec(callerId)?.[1] ?? callerId).trim()));
}

/** Returns an empty text for numbers and placeholders, and for a name that nobody can see. */
export function realName(name: string): string {
  return isBlank(name) || /^[\d*#+() -]*$/u.test(name) || PLACEHOLDER.test(name.trim()) ? '' : name;
}

function unquote(text: string): string {
  const quoted = /^"(.*)"$/su.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll(/\\(.)/gsu, '$1');
}
