import type { ExtensionRow } from '@lampboard/protocol';

/** A row of somebody available whose telephone is idle. */
export function boardRow(exten: string, more: Partial<ExtensionRow> = {}): ExtensionRow {
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    person: { name: `Name ${exten}`, department: 'Sales', email: '', mobile: '' },
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
