import { setTimeout as delay } from 'node:timers/promises';
import { CALL_NUMBERS, EMPTY_QUEUE, QUEUE, numberFor } from '../asterisk/calls-config.ts';
import { PEOPLE } from './call-site.ts';
import { type Story, scene } from './situations.ts';

const { A, O } = PEOPLE;
/** Longer than Asterisk's events are followed. */
const LISTENING_MS = 1500;
const QUEUE_MS = 3000;
const inConference = (members: number) => `conference 400 of ${members}`;

/** Ring groups, queues, menus, voicemail and conferences. */
export const SERVICES: readonly Story[] = [
  ...(['ringGroup', 'ringGroupOfLocals'] as const).map((group) => ({
    name: group === 'ringGroup' ? 'a ring group' : 'a ring group of Local channels',
    scenes: [
      scene('S15', 'A dials it', (site) => site.A.dial(CALL_NUMBERS[group]), {
        A: `calling ${CALL_NUMBERS[group]}`,
        O: 'rings, from A',
        C: 'rings, from A',
      }),
      scene('S16', 'C answers', (site) => site.C.answer(), { A: 'talks with C', C: 'talks with A' }, [
        'A',
        'C',
      ]),
    ],
  })),
  {
    name: 'a queue',
    scenes: [
      scene('S20', 'A dials it', (site) => site.A.dial(CALL_NUMBERS.queue), {
        A: `waits in ${QUEUE}`,
        O: `rings, from A, queue ${QUEUE}`,
        C: `rings, from A, queue ${QUEUE}`,
      }),
      scene(
        'S21',
        'C answers',
        (site) => site.C.answer(),
        { A: 'talks with C', C: `talks with A, queue ${QUEUE}` },
        ['A', 'C'],
      ),
    ],
  },
  {
    name: 'a queue without agents',
    scenes: [
      scene('S19', 'A dials it', (site) => site.A.dial(CALL_NUMBERS.emptyQueue), {
        A: `waits in ${EMPTY_QUEUE}`,
      }),
      scene(
        'S19',
        'X dials it',
        ({ X }) => X.call(CALL_NUMBERS.emptyQueue, { number: '030555', name: 'Eva' }),
        {
          A: `waits in ${EMPTY_QUEUE}`,
          X: `030555 Eva: waits in ${EMPTY_QUEUE}`,
        },
      ),
    ],
  },
  ...(['menu', 'digitMenu', 'spokenMenu'] as const).map((menu) => ({
    name: `number ${CALL_NUMBERS[menu]}`,
    scenes: [scene('S22', 'A dials it', (site) => site.A.dial(CALL_NUMBERS[menu]), { A: 'in a menu' })],
  })),
  {
    name: 'a menu that leads to a queue',
    scenes: [
      scene('S22', 'A dials it', (site) => site.A.dial(CALL_NUMBERS.spokenMenu), { A: 'in a menu' }),
      scene('S20', 'A presses 1', (site) => site.A.press('1'), {
        A: `waits in ${QUEUE}`,
        O: `rings, from A, queue ${QUEUE}`,
        C: `rings, from A, queue ${QUEUE}`,
      }),
    ],
  },
  {
    name: 'a menu that leads to voicemail',
    scenes: [
      scene('S22', 'A dials it', (site) => site.A.dial(CALL_NUMBERS.spokenMenu), { A: 'in a menu' }),
      scene('S22', 'A listens', () => delay(LISTENING_MS), { A: 'in a menu' }),
      scene('S23', 'A presses 2', (site) => site.A.press('2'), { A: `leaves a message for ${O}` }),
    ],
  },
  {
    name: 'a queue that gives up',
    onlyReal: true,
    scenes: [
      scene('S19', 'A dials it', (site) => site.A.dial(CALL_NUMBERS.shortQueue), {
        A: `waits in ${EMPTY_QUEUE}`,
      }),
      scene('S23', 'its time is over', () => delay(QUEUE_MS), { A: `leaves a message for ${O}` }),
    ],
  },
  {
    name: 'voicemail',
    scenes: [
      scene('S1', 'A dials O', (site) => site.A.dial(numberFor.orMessage(O)), {
        A: 'calling O',
        O: 'rings, from A',
      }),
      scene('S23', 'O rejects', (site) => site.O.reject(), { A: `leaves a message for ${O}` }),
      scene('S24', 'O dials the mailbox', (site) => site.O.dial(CALL_NUMBERS.messages), {
        A: `leaves a message for ${O}`,
        O: 'listens to messages',
      }),
    ],
  },
  {
    name: 'a conference',
    scenes: [
      scene('S25', 'A dials it', (site) => site.A.dial(CALL_NUMBERS.conference), { A: inConference(1) }),
      scene('S25', 'O dials it', (site) => site.O.dial(CALL_NUMBERS.conference), {
        A: inConference(2),
        O: inConference(2),
      }),
      scene('S25', 'C dials it', (site) => site.C.dial(CALL_NUMBERS.conference), {
        A: inConference(3),
        O: inConference(3),
        C: inConference(3),
      }),
      scene('S25', 'A hangs up', (site) => site.A.hangUp(), { O: inConference(2), C: inConference(2) }),
    ],
  },
  {
    name: 'a call that is picked up',
    scenes: [
      scene('S1', 'A dials O', (site) => site.A.dial(O), { A: 'calling O', O: 'rings, from A' }),
      scene(
        'S37',
        'C dials the pick-up code',
        (site) => site.C.dial(numberFor.pickUp(O)),
        { A: 'talks with C', C: 'talks with A' },
        ['A', 'C'],
      ),
    ],
  },
  {
    name: 'an extension that calls itself',
    scenes: [scene('S1', 'A dials A', (site) => site.A.dial(A), { A: 'calling A + rings, from A' })],
  },
];
