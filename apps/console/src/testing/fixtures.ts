import { testExtension as modelExtension } from '@lampboard/model/testing';
import type { Extension, Snapshot } from '@lampboard/protocol';

export function testExtension(exten: string, overrides: Partial<Extension> = {}): Extension {
  const person = { name: `Name ${exten}`, department: '', email: '', mobile: '' };
  return modelExtension(exten, { person, ...overrides });
}

export function snapshotWith(extensions: readonly Extension[], overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    epoch: 'e1',
    seq: 0,
    time: 0,
    pbx: { version: '22.10', demo: false },
    link: { state: 'live' },
    extensions: [...extensions],
    ...overrides,
  };
}
