import { onTestFinished } from 'vitest';
import { startDemoPbxUnderTest } from '../asterisk/each-pbx.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { startDemoLoad } from '../pbx/demo-load.ts';
import { startForSuite } from '../pbx/each-candidate.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { openBoardClient, startGatewayWithClient } from '../clients/board-client.ts';

export { startForSuite };

/** Stops a resource when the test ends, the last started first. */
export async function startForTest<T extends { stop(): unknown }>(starting: Promise<T>): Promise<T> {
  const resource = await starting;
  onTestFinished(async () => void (await resource.stop()));
  return resource;
}

/** Opens a client until the test ends. */
export const openTestClient = (...args: Parameters<typeof openBoardClient>) =>
  startForTest(openBoardClient(...args));

/** Starts a gateway with a live client until the test ends. */
export const openTestSite = (...args: Parameters<typeof startGatewayWithClient>) =>
  startForTest(startGatewayWithClient(...args));

/** Starts a gateway until the test ends. */
export const startTestGateway = (options: GatewayOptions = {}) => startForTest(startGateway(options));

/** Starts the demo PBX of the AMI contract with a gateway, for the tests of a suite. */
export function startTestSite(
  env: NodeJS.ProcessEnv = {},
  prepare: (pbx: PbxUnderTest) => Promise<void> = async () => {},
) {
  const pbx = startForSuite(startDemoPbxUnderTest);
  const gateway = startForSuite(async () => {
    await prepare(pbx());
    return startGateway({ amiPort: pbx().amiPort, env });
  });
  return { pbx, gateway };
}

/** Starts a gateway on a demo PBX under load, for the tests of a suite. */
export function startLoadedGateway(load: Parameters<typeof startDemoLoad>[0]): () => RunningGateway {
  const pbx = startForSuite(() => startDemoLoad(load));
  return startForSuite(() => startGateway({ amiPort: pbx().amiPort }));
}
