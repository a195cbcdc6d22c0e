import type { Call } from '@lampboard/protocol';
import { expect } from 'vitest';
import { linesByPerson } from './call-lines.ts';
import { type CallSite, PEOPLE, type Role } from './call-site.ts';
import type { Story } from './situations.ts';

/** Maximum time until a step is seen. */
const SEEN_MS = 2000;
const CLOCK_TOLERANCE_MS = 50;

/** Title of its test. */
export const storyTitle = ({ name, scenes }: Story): string =>
  `${name}: ${[...new Set(scenes.map(({ id }) => id))].join(' ')}`;

/**
 * Plays a story. After each step `readCalls` has to show the lines of the scene within two seconds, talks that begin with
 * the time of the step, and other talks with their own.
 */
export async function playStory(
  { scenes }: Story,
  site: CallSite,
  readCalls: () => Iterable<Call> | Promise<Iterable<Call>>,
): Promise<void> {
  let calls: readonly Call[] = [];
  for (const { id, title, step, shows, begins } of scenes) {
    const name = `${id} ${title}`;
    const before = new Map(calls.map((call) => [call.id, call]));
    const startedAt = Date.now();
    await step(site);
    const read = async () => {
      calls = [...(await readCalls())];
      return Object.fromEntries(linesByPerson(calls));
    };
    const expected = Object.fromEntries(
      Object.entries(shows).map(([role, lines]) => [role, lines.toSorted()]),
    );
    await expect.poll(read, { timeout: SEEN_MS, interval: 10, message: name }).toEqual(expected);
    for (const role of begins) expectBegunSince(startedAt, talkOf(calls, role), `${name}: ${role}`);
    for (const call of calls) expectUnchanged(before.get(call.id), call, name);
  }
}

const isTalk = ({ state }: Call) => state === 'talking' || state === 'held' || state === 'holding';

function talkOf(calls: readonly Call[], role: Role): Call | undefined {
  const isOf = ({ extensions }: Call) =>
    role === 'X' ? extensions.length === 0 : extensions.includes(`${PEOPLE[role]}@default`);
  return calls.find((call) => call.state === 'talking' && isOf(call));
}

function expectBegunSince(startedAt: number, call: Call | undefined, name: string): void {
  expect(call?.since, `${name}: begin of the talk`).toBeGreaterThanOrEqual(startedAt - CLOCK_TOLERANCE_MS);
  expect(call?.since, `${name}: begin of the talk`).toBeLessThanOrEqual(Date.now() + CLOCK_TOLERANCE_MS);
  expect(call?.sinceAtLeast, `${name}: “at least”`).toBeUndefined();
}

/** A line keeps its direction, and a talk its beginning. */
function expectUnchanged(before: Call | undefined, call: Call, name: string): void {
  if (before === undefined) return;
  expect(call.incoming, `${name}: direction of ${call.id}`).toBe(before.incoming);
  const isSame =
    before.party?.extension === call.party?.extension && before.party?.number === call.party?.number;
  if (isTalk(before) && isTalk(call) && isSame) expect(call.since, `${name}: ${call.id}`).toBe(before.since);
}
