import { onTestFinished } from 'vitest';
import type { DemoUser } from '../ami/authenticate.ts';
import { type DemoPbx, type DemoPbxOptions, startDemoPbx } from '../ami/server.ts';
import type { DemoHint } from '../pbx/hint-registry.ts';
import { type RawClient, connectRaw } from './raw-client.ts';

export const USERS: readonly DemoUser[] = [
  { username: 'full', secret: 's', read: ['all'], write: ['all'] },
  { username: 'board', secret: 's', read: ['call', 'system'], write: ['call'] },
  { username: 'call', secret: 's', read: ['call'], write: ['call'] },
  { username: 'reporting', secret: 's', read: ['call'], write: ['reporting'] },
  { username: 'filtered', secret: 's', read: ['call'], write: [], eventfilter: ['!Event: PresenceStatus'] },
  { username: 'denied', secret: 's', read: ['all'], write: ['all'], deny: true },
];

export const hint = (exten: string, text: string, name?: string): DemoHint => ({
  exten,
  context: 'default',
  hint: text,
  ...(name !== undefined && { name }),
});

/** Starts a PBX on a free port, and kills it after the test. */
export async function startPbx(options: Partial<DemoPbxOptions> = {}): Promise<DemoPbx> {
  const hints = [hint('1101', 'PJSIP/1101,CustomPresence:1101')];
  const pbx = await startDemoPbx({ hints, users: USERS, ...options });
  onTestFinished(() => pbx.kill());
  return pbx;
}

/** Logs a client in, with `events` as its `Events` header, and skips the events of the login. */
export async function login(pbx: DemoPbx, username = 'full', events = 'on'): Promise<RawClient> {
  const client = await connectRaw(pbx.port);
  onTestFinished(() => client.close());
  await client.request('Login', `Username: ${username}`, 'Secret: s', `Events: ${events}`);
  await client.request('Ping');
  return client;
}

/** Starts a PBX and logs a client in. */
export async function startWithClient(username?: string, options?: Partial<DemoPbxOptions>) {
  const pbx = await startPbx(options);
  return { pbx, client: await login(pbx, username) };
}

export const block = (...lines: string[]): string => lines.join('\r\n');
export const success = (...lines: string[]): string => block('Response: Success', ...lines);
export const failure = (message: string): string => block('Response: Error', `Message: ${message}`);
export const event = (name: string, ...lines: string[]): string =>
  block(`Event: ${name}`, 'Privilege: call,all', ...lines);

/** Resolves to the names of the events received before the response to a Ping. */
export async function eventNames(client: RawClient): Promise<string[]> {
  client.send('Action: Ping', 'ActionID: names');
  const blocks = (await client.readUntil('ActionID: names')).slice(0, -1);
  return blocks.map((text) => /^Event: (.*)/.exec(text)?.[1] ?? text);
}
