import { testExtension as modelExtension, testPbx } from '@lampboard/model/testing';
import {
  type Call,
  DEFAULT_PREFERENCES,
  type Extension,
  FAVOURITES,
  type LinkStatus,
  ONLY_PBX,
  type Preferences,
  type Presence,
  type ReturnTime,
  type Snapshot,
  type UserGroup,
} from '@lampboard/protocol';

export const personNamed = (name: string, department = '') => ({ name, department, email: '', mobile: '' });

export function testExtension(exten: string, overrides: Partial<Extension> = {}): Extension {
  return modelExtension(exten, { person: personNamed(`Name ${exten}`), ...overrides });
}

/** A function of the PBX, such as a parking slot, without a name. */
export const testLine = (
  kind: Extension['kind'],
  exten: string,
  overrides: Partial<Extension> = {},
): Extension =>
  testExtension(exten, {
    kind,
    person: personNamed(exten),
    provider: null,
    presence: null,
    phone: null,
    ...overrides,
  });

/** A line of an outside caller. */
export const testCall = (id: string, overrides: Partial<Call> = {}): Call => ({
  id,
  extensions: [],
  state: 'talking',
  incoming: true,
  since: 0,
  party: null,
  ...overrides,
});
export const putCall = (call: Call) => ({ table: 'calls', op: 'put', row: call }) as const;
export const removeCall = (id: string) => ({ table: 'calls', op: 'remove', id }) as const;

export const presenceOf = (state: Presence['state'], message = '', subtype = ''): Presence => ({
  state,
  subtype,
  message,
});

export const patch = (id: string, fields: { readonly [K in keyof Extension]?: unknown }) =>
  ({ table: 'extensions', op: 'patch', id, fields }) as const;
export const put = (extension: Extension) => ({ table: 'extensions', op: 'put', row: extension }) as const;
export const remove = (id: string) => ({ table: 'extensions', op: 'remove', id }) as const;
export const patchPresence = (
  id: string,
  presence: object | null,
  returnTime: ReturnTime | null = null,
  presenceSetBy: Extension['presenceSetBy'] = null,
) => patch(id, { presence, presenceSetAt: 0, presenceSetBy, returnTime });

export const favouritesOf = (...members: readonly string[]): UserGroup => ({
  id: FAVOURITES,
  name: '',
  members,
});

/** User settings; without groups, with empty favourites. */
export const settingsWith = (
  preferences: Partial<Preferences> = {},
  groups: readonly UserGroup[] = [favouritesOf()],
) => ({ preferences: { ...DEFAULT_PREFERENCES, ...preferences }, groups });

export const mapOf = (extensions: readonly Extension[]) =>
  new Map(extensions.map((extension) => [extension.id, extension]));

export const COMMAND = {
  id: '1101@default',
  presence: { state: 'away', subtype: '', message: '' },
  base: { state: 'available', subtype: '', message: '' },
} as const;

export const PANEL_PROPS = {
  modal: false,
  focusRequest: 0,
  statusMessage: null,
  onClose: () => undefined,
  onOpen: () => undefined,
};

export function snapshotWith(
  extensions: readonly Extension[],
  { link = { state: 'live' }, ...overrides }: Partial<Snapshot> & { link?: LinkStatus } = {},
): Snapshot {
  return {
    epoch: 'e1',
    seq: 0,
    time: 0,
    pbxs: [testPbx(ONLY_PBX, { version: '22.10', link })],
    extensions: [...extensions],
    calls: [],
    ...overrides,
  };
}

/** The extension 1101 on two PBXs, `north` and `south`; both are live unless `south` has another link. */
export function twoPbxs(south: LinkStatus = { state: 'live' }): Snapshot {
  const pbxs = [
    testPbx('north', { name: 'North', version: '22.10' }),
    testPbx('south', { name: 'South', colour: 'teal', version: '16.28', link: south }),
  ];
  return snapshotWith(
    pbxs.map(({ id }) => testExtension('1101', { id: `${id}/1101@default` })),
    { pbxs },
  );
}
