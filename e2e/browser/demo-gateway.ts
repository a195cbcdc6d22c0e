import { test as base } from '@playwright/test';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';

/** Lampboard as `npm start` shows it where no Asterisk is configured, for what does not depend on the PBX. */
export const demoTest = base.extend<object, { demoGateway: RunningGateway }>({
  demoGateway: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument
    async ({}, use) => {
      const gateway = await startGateway({});
      await use(gateway);
      await gateway.stop();
    },
    { scope: 'worker' },
  ],
});
