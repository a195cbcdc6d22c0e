import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import type { UserName } from '../pbx/ami-users.ts';
import type { TestAccountName } from '../gateway/test-accounts.ts';
import { type BoardClient, openBoardClient } from './board-client.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';

interface GatewayWithClient {
  readonly gateway: RunningGateway;
  readonly client: BoardClient;
  /** Closes the board and stops the gateway. */
  close(): Promise<void>;
}

/** Starts a gateway for a PBX and opens a board on it, as the receptionist; resolves when it is live, throws after `liveMs`. */
export async function startGatewayWithClient(
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>,
  {
    user = 'lampboard',
    liveMs = 5000,
    as = 'rita',
    env = {},
    data,
  }: { user?: UserName; liveMs?: number; as?: TestAccountName; env?: NodeJS.ProcessEnv; data?: string } = {},
): Promise<GatewayWithClient> {
  const gateway = await startGateway({
    amiPort: pbx.amiPort,
    user: pbx.users[user],
    env,
    ...(data !== undefined && { dataFolder: data }),
  });
  let client: BoardClient | undefined;
  async function close(): Promise<void> {
    client?.close();
    await gateway.stop();
  }
  try {
    client = await openBoardClient(gateway, { as });
    await client.waitUntil('a live board', ({ link }) => link.state === 'live', liveMs);
    return { gateway, client, close };
  } catch (error) {
    await close();
    throw error;
  }
}
