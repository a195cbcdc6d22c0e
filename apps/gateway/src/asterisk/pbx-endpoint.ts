import { randomUUID } from 'node:crypto';
import { officeDirectory, officeHints, startDemoPbx, startOffice } from '@lampboard/demo-pbx';
import { ONLY_PBX } from '@lampboard/protocol';
import { BOARD_EVENTS } from './translate.ts';
import type { AmiEndpoint } from '@lampboard/ami';
import type { Directory } from '../directory/directory-csv.ts';

/** Where a PBX is connected to, and what is known of it before. */
export interface PbxEndpoint {
  readonly id: string;
  readonly isDemo: boolean;
  readonly endpoint: AmiEndpoint;
  /** Built-in directory; entries of the site's directory take precedence. */
  readonly directory: Directory;
  stop(): Promise<void>;
}

export function externalPbx(endpoint: AmiEndpoint): PbxEndpoint {
  return { id: ONLY_PBX, isDemo: false, endpoint, directory: new Map(), stop: async () => {} };
}

/** Starts the embedded demo PBX, which is connected to over AMI like any Asterisk. */
export async function startDemo(): Promise<PbxEndpoint> {
  const user = { username: 'lampboard', secret: randomUUID() };
  const eventfilter = [`^Event: (${BOARD_EVENTS.join('|')}|FullyBooted)`];
  const rights = { read: ['call', 'system'], write: ['call'], eventfilter };
  const pbx = await startDemoPbx({ hints: officeHints, users: [{ ...user, ...rights }] });
  const simulation = startOffice({ pbx });
  return {
    id: ONLY_PBX,
    isDemo: true,
    endpoint: { host: '127.0.0.1', port: pbx.port, ...user },
    directory: new Map(
      officeDirectory.map(({ extension, name, department, email, kind }) => [
        extension,
        { person: { name, department, email, mobile: '' }, kind, hidden: false },
      ]),
    ),
    async stop() {
      simulation.stop();
      await pbx.close();
    },
  };
}
