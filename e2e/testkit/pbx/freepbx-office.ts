import type { Hint } from './pbx-under-test.ts';

/** The office of a FreePBX: 480 people among 1,508 hints, as its modules write them. */

const range = (count: number, first: number) => Array.from({ length: count }, (_, index) => first + index);
const hintsOf = (context: string, hints: readonly (readonly [exten: string, hint: string])[]): Hint[] =>
  hints.map(([exten, hint]) => ({ exten, context, hint }));

export const OFFICE_PEOPLE: readonly string[] = range(480, 1101).map(String);
/** Every second person has a registered phone, but for those whose phones a test may start (1101 to 1120). */
export const OFFICE_STATIC_PHONES: readonly string[] = OFFICE_PEOPLE.filter(
  (_, index) => index >= 20 && index % 2 === 0,
);

export const personHint = (exten: string): string =>
  `PJSIP/${exten}&Custom:DND${exten},CustomPresence:${exten}`;
export const personName = (exten: string): string => `Person ${exten}`;

const SLOTS = range(8, 71).map(String);
const slotDevice = (slot: string) => `park:${slot}@parkedcalls`;
const ROOMS = range(4, 8000).map(String);
const QUEUES = range(5, 600);
const AGENTS = range(4, 1101);
const agentQueues = QUEUES.flatMap((queue) => AGENTS.map((agent) => [agent, queue] as const));

/** Numbers of the groups that the board shows beside the people. */
export const OFFICE_FUNCTIONS = {
  parking: ['70', ...SLOTS],
  conference: ROOMS,
  switch: [...range(10, 280), ...range(6, 271)].map((code) => `*${code}`),
};

/** A phone that subscribes to an intercom key makes this pattern a hint. */
const INTERCOM_PATTERN: Hint = {
  exten: '_*80X.',
  context: 'ext-local',
  hint: personHint('${EXTEN:3}'),
};

export const OFFICE_HINTS: readonly Hint[] = [
  ...hintsOf(
    'ext-local',
    OFFICE_PEOPLE.map((exten) => [exten, personHint(exten)]),
  ),
  INTERCOM_PATTERN,
  ...hintsOf('park-hints', [
    ['70', SLOTS.map(slotDevice).join('&')],
    ...SLOTS.map((slot) => [slot, slotDevice(slot)] as const),
    ...SLOTS.map((slot) => [`*85${slot}`, slotDevice(slot)] as const),
  ]),
  ...hintsOf(
    'ext-dnd-hints',
    OFFICE_PEOPLE.map((exten) => [`*76${exten}`, `Custom:DEVDND${exten}`]),
  ),
  ...hintsOf(
    'ext-cf-hints',
    OFFICE_PEOPLE.map((exten) => [`*96${exten}`, `Custom:DEVCF${exten}`]),
  ),
  ...hintsOf(
    'app-daynight-toggle',
    range(10, 0).map((index) => [`*28${index}`, `Custom:DAYNIGHT${index}`]),
  ),
  ...hintsOf(
    'timeconditions-toggles',
    range(6, 1).map((index) => [`*27${index}`, `Custom:TC${index}`]),
  ),
  ...hintsOf('ext-meetme', [
    ...ROOMS.map((room) => [room, `confbridge:${room}`] as const),
    ['*87', ROOMS.map((room) => `confbridge:${room}`).join('&')],
  ]),
  ...hintsOf('ext-queues', [
    ...agentQueues.map(
      ([agent, queue]) => [`*45${agent}*${queue}`, `Custom:QUEUE${agent}*${queue}`] as const,
    ),
    ...agentQueues
      .slice(0, 10)
      .map(
        ([agent, queue]) =>
          [`*46${agent}*${queue}`, `Queue:${queue}_pause_Local/${agent}@from-queue/n`] as const,
      ),
  ]),
];
