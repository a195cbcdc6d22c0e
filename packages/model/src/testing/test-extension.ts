import type { Extension } from '@lampboard/protocol';

/** An available extension whose phone is idle. */
export function testExtension(exten: string, overrides: Partial<Extension> = {}): Extension {
  return {
    id: `${exten}@default`,
    exten,
    context: 'default',
    kind: 'person',
    person: { name: `Name ${exten}`, department: 'Sales', email: '', mobile: '' },
    lamp: 'idle',
    lampSince: null,
    provider: `CustomPresence:${exten}`,
    presence: { state: 'available', subtype: '', message: '' },
    presenceSetAt: null,
    presenceSetBy: null,
    returnTime: null,
    ...overrides,
  };
}
