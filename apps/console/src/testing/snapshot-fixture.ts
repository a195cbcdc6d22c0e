import type { Extension, Snapshot } from '@lampboard/protocol';

/** A snapshot as the gateway would send it. */
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
