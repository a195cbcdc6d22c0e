/** A dialplan hint: the devices behind the lamp, and the provider behind the presence. Either part may be missing. */
export interface Hint {
  readonly devices: readonly string[];
  readonly provider: string | null;
}

/**
 * Reads a hint such as `PJSIP/1101&Custom:DND1101,CustomPresence:1101`: devices joined by `&` before the first comma,
 * the presence provider after it.
 */
export function parseHint(hint: string): Hint {
  const comma = hint.indexOf(',');
  const devices = comma === -1 ? hint : hint.slice(0, comma);
  const provider = comma === -1 ? '' : hint.slice(comma + 1).trim();
  return {
    devices: devices
      .split('&')
      .map((device) => device.trim())
      .filter((device) => device !== ''),
    provider: provider === '' ? null : provider,
  };
}
