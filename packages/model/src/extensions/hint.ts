import { type Extension, isCustomPresence } from '@lampboard/protocol';

/** A dialplan hint: the devices behind the lamp, and the provider behind the presence. Either part may be missing. */
export interface Hint {
  /** As they stand there, spaces and all: Asterisk looks them up so. */
  readonly devices: readonly string[];
  readonly provider: string | null;
}

/**
 * Reads a hint such as `PJSIP/1101&Custom:DND1101,CustomPresence:1101` as Asterisk does (`parse_hint_device`,
 * `parse_hint_presence` and `add_hintdevice` of its pbx.c): what follows the last comma is the presence provider, and
 * devices joined by `&` come before it. Nothing is trimmed. Without that comma Asterisk still announces every change of a
 * `CustomPresence:` that stands among the devices.
 */
export function parseHint(hint: string): Hint {
  const comma = hint.lastIndexOf(',');
  const devices = (comma === -1 ? hint : hint.slice(0, comma)).split('&').filter((device) => device !== '');
  const providerText = comma === -1 ? '' : hint.slice(comma + 1);
  return { devices, provider: providerText === '' ? (devices.find(isCustomPresence) ?? null) : providerText };
}

const toLowerAscii = (text: string) => text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());

/** Equal for providers and devices of which Asterisk tells the same hints: it compares them without regard to case. */
export const providerKey = toLowerAscii;

const keys = new WeakMap<Extension, string>();

/** Returns the {@link providerKey} of an extension, null without a provider; computed once for each row. */
export function providerKeyOf(extension: Extension): string | null {
  if (extension.provider === null) return null;
  const known = keys.get(extension);
  if (known !== undefined) return known;
  const key = providerKey(extension.provider);
  keys.set(extension, key);
  return key;
}

/** One provider may be written in several ways; without that the name is compared, since Asterisk stores by it. */
export function canonicalProvider(provider: string): string {
  return provider.replace(/^custompresence:/iu, 'CustomPresence:');
}
