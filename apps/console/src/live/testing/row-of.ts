import type { ExtensionRow } from '@lampboard/protocol';

/** A row as the gateway would send it. */
export function rowOf(exten: string, more: Partial<ExtensionRow> = {}): ExtensionRow {
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    person: { name: `Name ${exten}`, department: '', email: '', mobile: '' },
    lamp: 'idle',
    lampSince: null,
    provider: `CustomPresence:${exten}`,
    presence: { state: 'available', subtype: '', message: '' },
    presenceSince: null,
    presenceBy: null,
    back: null,
    ...more,
  };
}
