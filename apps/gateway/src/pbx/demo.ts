import { randomUUID } from 'node:crypto';
import { officeDirectory, officeHints, startDemoPbx, startOffice } from '@lampboard/demo-pbx';
import type { Pbx } from './pbx.ts';
import { BOARD_EVENTS } from './translate.ts';

/** The embedded demo PBX, reached like any Asterisk: over AMI. */
export async function startDemo(): Promise<Pbx> {
  const user = { username: 'lampboard', secret: randomUUID() };
  const eventfilter = [`^Event: (${BOARD_EVENTS.join('|')}|FullyBooted)`];
  const rights = { read: ['call', 'system'], write: ['call'], eventfilter };
  const pbx = await startDemoPbx({ hints: officeHints, users: [{ ...user, ...rights }] });
  const office = startOffice({ pbx });
  return {
    isDemo: true,
    target: { host: '127.0.0.1', port: pbx.port, ...user },
    directory: new Map(
      officeDirectory.map(({ extension, name, department, email }) => [
        extension,
        { name, department, email, mobile: '' },
      ]),
    ),
    async stop() {
      office.stop();
      await pbx.close();
    },
  };
}
