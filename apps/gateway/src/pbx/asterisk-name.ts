import type { AmiClient, AmiResult } from '@lampboard/ami';
import { type HintFact, parseHint } from '@lampboard/board';
import { getvar } from './getvar.ts';

/** What stands in a caller ID where nobody gave a name: FreePBX, and Asterisk's channel drivers, write these. */
const PLACEHOLDER = /^(?:device|unknown|anonymous|asterisk)$/iu;

/**
 * Reads the hint's own name, `hint,PJSIP/1101(Alice Chen)`, else the caller ID of its telephone, as FreePBX sets it;
 * empty where there is none.
 */
export async function readAsteriskName(
  ami: Pick<AmiClient, 'send'>,
  { exten, context, hint }: HintFact,
): Promise<AmiResult<string>> {
  // HINT() takes what follows the first @ for the context.
  if (isPlain(exten) && isPlain(context) && !exten.includes('@')) {
    const own = await getvar(ami, `HINT(${exten}@${context},n)`);
    if (!own.ok || own.value !== '') return own.ok ? { ok: true, value: unquote(own.value) } : own;
  }
  const variable = parseHint(hint)
    .devices.map(callerIdVariable)
    .find((one) => one !== null);
  if (variable === undefined) return { ok: true, value: '' };
  const callerId = await getvar(ami, variable);
  return callerId.ok ? { ok: true, value: callerName(callerId.value) } : callerId;
}

/** The dialplan function that reads a device's caller ID; null for technologies that have none. */
function callerIdVariable(device: string): string | null {
  const [, technology = '', name = ''] = /^(\w+)\/(.+)$/u.exec(device) ?? [];
  if (!isPlain(name)) return null;
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
const isPlain = (text: string) => /^[^\s,()"\\]+$/u.test(text);

/** The name in `"Alice Chen" <1104>`, or one that stands alone; a number alone, `<unknown>` and placeholders are none. */
function callerName(callerId: string): string {
  const name = unquote((/^(.*)<[^<>]*>$/su.exec(callerId)?.[1] ?? callerId).trim());
  return /^[\d*#+() -]*$/u.test(name) || PLACEHOLDER.test(name) ? '' : name;
}

function unquote(text: string): string {
  const quoted = /^"(.*)"$/su.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll(/\\(.)/gsu, '$1');
}
