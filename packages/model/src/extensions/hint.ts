import { type Extension, isCustomPresence } from '@lampboard/protocol';

/** A dialplan hint: the devices behind the lamp, and the presence provider. Either part may be missing. */
export interface Hint {
  /** Untrimmed, as Asterisk looks them up. */
  readonly devices: readonly string[];
  readonly provider: string | null;
}

/**
 * Parses a hint such as `PJSIP/1101&Custom:DND1101,CustomPresence:1101` as Asterisk does (`parse_hint_device`,
 * `parse_hint_presence` and `add_hintdevice` of pbx.c): devices joined by `&`, the last comma, the provider; nothing is
 * trimmed. Without a comma Asterisk also announces changes of a `CustomPresence:` among the devices.
 */
export function parseHint(hint: string): Hint {
  const comma = hint.lastIndexOf(',');
  const devices = (comma === -1 ? hint : hint.slice(0, comma)).split('&').filter((device) => device !== '');
  const providerText = comma === -1 ? '' : hint.slice(comma + 1);
  return { devices, provider: providerText === '' ? (devices.find(isCustomPresence) ?? null) : providerText };
}

/** Equal for providers, or devices, that Asterisk treats as the same: it ignores the case of ASCII letters. */
export const providerKey = (text: string) => text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());

const keys = new WeakMap<Extension, string>();

/** Returns the {@link providerKey} of an extension, null without a provider; cached per extension object. */
export function providerKeyOf(extension: Extension): string | null {
  if (extension.provider === null) return null;
  const known = keys.get(extension);
  if (known !== undefined) return known;
  const key = providerKey(extension.provider);
  keys.set(extension, key);
  return key;
}

/** Normalizes the prefix of a provider; the name stays, since Asterisk's store is case-sensitive. */
export function canonicalProvider(provider: string): string {
  return provider.replace(/^custompresence:/iu, 'CustomPresence:');
}
