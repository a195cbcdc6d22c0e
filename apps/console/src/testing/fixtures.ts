import { testExtension as modelExtension } from '@lampboard/model/testing';
import { type Extension, type LinkStatus, ONLY_PBX, type Snapshot } from '@lampboard/protocol';

export function testExtension(exten: string, overrides: Partial<Extension> = {}): Extension {
  const person = { name: `Name ${exten}`, department: '', email: '', mobile: '' };
  return modelExtension(exten, { person, ...overrides });
}

export function snapshotWith(
  extensions: readonly Extension[],
  { link = { state: 'live' }, ...overrides }: Partial<Snapshot> & { link?: LinkStatus } = {},
): Snapshot {
  return {
    epoch: 'e1',
    seq: 0,
    time: 0,
    pbxs: [{ id: ONLY_PBX, version: '22.10', demo: false, link }],
    extensions: [...extensions],
    ...overrides,
  };
}
