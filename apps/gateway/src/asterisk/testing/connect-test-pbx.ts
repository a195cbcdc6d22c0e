import type { AmiEndpoint } from '@lampboard/ami';
import { ONLY_PBX } from '@lampboard/protocol';
import { onlyPbx } from '../../config/pbxs.ts';
import type { LiveBoard } from '../../board/live-board.ts';
import { NO_SOURCES } from '../../directory/directory-sources.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { systemClock } from '../../platform/clock.ts';
import { connectPbx } from '../connect-pbx.ts';
import { externalPbx } from '../pbx-endpoint.ts';

interface TestPbxOptions {
  id?: string;
  endpoint: AmiEndpoint;
  board: LiveBoard;
  listBytesPerSecond?: number;
  onEntries?: Parameters<typeof connectPbx>[0]['onEntries'];
}

/** Follows a PBX on the board, without a directory and silently, until stopped. */
export function connectTestPbx({
  id = ONLY_PBX,
  endpoint,
  board,
  listBytesPerSecond = 5000,
  onEntries = () => {},
}: TestPbxOptions) {
  const connected = connectPbx({
    pbx: externalPbx({ ...onlyPbx(endpoint), id, listBytesPerSecond }),
    board,
    isLeader: () => true,
    directory: NO_SOURCES,
    hintStore: { save: () => {} },
    clock: systemClock,
    metrics: createMetrics(),
    log: { info: () => {}, warn: () => {} },
    onEntries,
  });
  connected.start();
  return connected;
}
