import { randomUUID } from 'node:crypto';
import {
  officeDirectory,
  officeHints,
  officeTelephony,
  startDemoPbx,
  startOffice,
} from '@lampboard/demo-pbx';
import { ONLY_PBX, PBX_COLOURS } from '@lampboard/protocol';
import type { Config } from '../config/config.ts';
import { type PbxConfig, isDemoConfig } from '../config/pbxs.ts';
import type { PbxInfo } from '../board/live-board.ts';
import { BOARD_EVENTS } from './translate.ts';
import type { AmiEndpoint } from '@lampboard/ami';
import type { Directory } from '../directory/directory-csv.ts';

/** Where a PBX is connected to, and what is known of it before. */
export interface PbxEndpoint extends Pick<PbxConfig, 'contexts' | 'listBytesPerSecond' | 'calls'> {
  readonly info: PbxInfo;
  readonly endpoint: AmiEndpoint;
  stop(): Promise<void>;
}

/** A PBX that can be followed. */
export interface PbxSource extends Pick<PbxConfig, 'contexts'> {
  readonly info: PbxInfo;
  /** Built-in entries, which those of the site's directory replace. */
  readonly directory: Directory;
  open(): Promise<PbxEndpoint>;
}

/** Returns the configured PBXs; without any, the demo PBX, which each `open` starts. */
export function pbxSources({ pbxs, calls }: Pick<Config, 'pbxs' | 'calls'>): readonly PbxSource[] {
  if (isDemoConfig({ pbxs })) {
    const open = () => startDemo({ isCallsOn: calls !== 'off' });
    return [{ info: DEMO_PBX, contexts: null, directory: DEMO_DIRECTORY, open }];
  }
  return pbxs.map((config) => {
    const pbx = externalPbx(config);
    const { info, contexts } = pbx;
    return { info, contexts, directory: new Map(), open: async () => pbx };
  });
}

export function externalPbx({ id, name, colour, ...config }: Omit<PbxConfig, 'formerId'>): PbxEndpoint {
  const info = { id, name, colour, demo: false };
  const { endpoint, calls, contexts, listBytesPerSecond } = config;
  return { info, endpoint, calls, contexts, listBytesPerSecond, stop: async () => {} };
}

const DEMO_PBX: PbxInfo = { id: ONLY_PBX, name: '', colour: PBX_COLOURS[0], demo: true };

const DEMO_DIRECTORY: Directory = new Map(
  officeDirectory.map(({ extension, name, department, email, kind }) => [
    extension,
    { name, department, email, ...(kind !== null && { kind }) },
  ]),
);

const DEMO_LIST_BYTES_PER_SECOND = 5000;

/** Starts the embedded demo PBX, which is connected to over AMI like any Asterisk. */
async function startDemo({ isCallsOn }: { isCallsOn: boolean }): Promise<PbxEndpoint> {
  const user = { username: 'lampboard', secret: randomUUID() };
  const callsUser = { username: 'lampboard-calls', secret: randomUUID() };
  const eventfilter = [`^Event: (${BOARD_EVENTS.join('|')}|FullyBooted)`];
  const rights = { read: ['call', 'system'], write: ['call', 'reporting'] };
  const users = [{ ...user, ...rights, eventfilter }, ...(isCallsOn ? [{ ...callsUser, ...rights }] : [])];
  const pbx = await startDemoPbx({ hints: officeHints, users, telephony: officeTelephony });
  const simulation = startOffice({ pbx });
  const server = { host: '127.0.0.1', port: pbx.port };
  return {
    info: DEMO_PBX,
    endpoint: { ...server, ...user },
    calls: isCallsOn ? { ...server, ...callsUser } : null,
    contexts: null,
    listBytesPerSecond: DEMO_LIST_BYTES_PER_SECOND,
    async stop() {
      simulation.stop();
      await pbx.close();
    },
  };
}
