import { type Extension, ONLY_PBX, type Pbx, PBX_COLOURS } from '@lampboard/protocol';

/** A live PBX. */
export function testPbx(id = ONLY_PBX, overrides: Partial<Pbx> = {}): Pbx {
  const name = id === ONLY_PBX ? '' : id;
  return {
    id,
    name,
    colour: PBX_COLOURS[0],
    version: null,
    demo: false,
    link: { state: 'live' },
    ...overrides,
  };
}

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
