import { onTestFinished } from 'vitest';
import type { DemoUser, DemoPbx, DemoPbxOptions } from '../types.ts';
import { startDemoPbx } from '../demo-pbx.ts';
import type { DemoHint } from '../pbx/hint-registry.ts';
import { type RawClient, connectRaw } from './raw-client.ts';

export const USERS: readonly DemoUser[] = [
  { username: 'full', secret: 's', read: ['all'], write: ['all'] },
  { username: 'board', secret: 's', read: ['call', 'system'], write: ['call'] },
  { username: 'call', secret: 's', read: ['call'], write: ['call'] },
  { username: 'filtered', secret: 's', read: ['call'], write: [], eventfilter: ['!Event: PresenceStatus'] },
  { username: 'denied', secret: 's', read: ['all'], write: ['all'], deny: true },
];

export const hint = (exten: string, text: string, name?: string): DemoHint => ({
  exten,
  context: 'default',
  hint: text,
  ...(name !== undefined && { name }),
});

/** A PBX on a free port that is gone after the test. */
export async function startPbx(options: Partial<DemoPbxOptions> = {}): Promise<DemoPbx> {
  const hints = [hint('1101', 'PJSIP/1101,CustomPresence:1101')];
  const pbx = await startDemoPbx({ hints, users: USERS, ...options });
  onTestFinished(() => pbx.kill());
  return pbx;
}

/** A client logged in; `events` is the header of its login. What the login brought is taken off. */
export async function login(pbx: DemoPbx, username = 'full', events = 'on'): Promise<RawClient> {
  const client = await connectRaw(pbx.port);
  onTestFinished(() => client.close());
  await client.request('Login', `Username: ${username}`, 'Secret: s', `Events: ${events}`);
  await client.request('Ping');
  return client;
}

/** The lines of a block. */
export const block = (...lines: string[]): string => lines.join('\r\n');

/** The events, by name, that a client gets between now and its own next answer. */
export async function eventNames(client: RawClient): Promise<string[]> {
  client.send('Action: Ping', 'ActionID: names');
  const blocks = (await client.readUntil('ActionID: names')).slice(0, -1);
  return blocks.map((text) => /^Event: (.*)/.exec(text)?.[1] ?? text);
}
