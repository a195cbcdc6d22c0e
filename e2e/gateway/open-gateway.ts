import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { UserName } from '../pbx/users.ts';
import type { TestAccountName } from './accounts.ts';
import { type OpenBoard, openBoard } from './open-board.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

interface OpenGateway {
  readonly gateway: RunningGateway;
  readonly board: OpenBoard;
  /** Closes the board and stops the gateway. */
  close(): Promise<void>;
}

/** Starts a gateway for a PBX and opens a board on it, as the receptionist; resolves when it is live, throws after `liveMs`. */
export async function openGateway(
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>,
  {
    user = 'lampboard',
    liveMs = 5000,
    as = 'rita',
    env = {},
    data,
  }: { user?: UserName; liveMs?: number; as?: TestAccountName; env?: NodeJS.ProcessEnv; data?: string } = {},
): Promise<OpenGateway> {
  const gateway = await startGateway({
    amiPort: pbx.amiPort,
    user: pbx.users[user],
    env,
    ...(data !== undefined && { data }),
  });
  let board: OpenBoard | undefined;
  async function close(): Promise<void> {
    board?.close();
    await gateway.stop();
  }
  try {
    board = await openBoard(gateway, { as });
    await board.until('a live board', ({ link }) => link.state === 'live', liveMs);
    return { gateway, board, close };
  } catch (error) {
    await close();
    throw error;
  }
}
