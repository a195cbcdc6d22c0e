import { CALL_NUMBERS, MOBILE, SCRIPTED_PHONE, numberFor } from '../asterisk/calls-config.ts';
import { type CallSite, PEOPLE, UNREGISTERED_PHONE } from './call-site.ts';
import { type Story, scene } from './situations.ts';

const { O, C } = PEOPLE;

const ringsAtC = { A: 'calling C', C: 'rings, from A' };
const talksWithC = { A: 'talks with C', C: 'talks with A' };
const cAnswers = ({ C: phone }: CallSite) => phone.answer();

/** Calls of two and three, as their telephones make them. */
export const TALKS: readonly Story[] = [
  {
    name: 'hold, and a second call',
    scenes: [
      scene('S1', 'A dials O', (site) => site.A.dial(O), { A: 'calling O', O: 'rings, from A' }),
      scene('S6', 'O answers', (site) => site.O.answer(), { A: 'talks with O', O: 'talks with A' }, [
        'A',
        'O',
      ]),
      scene('S8', 'O presses hold', (site) => site.O.hold(), { A: 'held by O', O: 'holding A' }),
      scene('S10', 'C dials O', (site) => site.C.dial(O), {
        A: 'held by O',
        O: 'holding A + rings, from C',
        C: 'calling O',
      }),
      scene(
        'S11',
        'O answers C',
        (site) => site.O.answer(),
        { A: 'held by O', O: 'holding A + talks with C', C: 'talks with O' },
        ['C'],
      ),
      scene('S11', 'O swaps', (site) => site.O.swap(), {
        A: 'talks with O',
        O: 'talks with A + holding C',
        C: 'held by O',
      }),
      scene('S6', 'C hangs up', (site) => site.C.hangUp(), { A: 'talks with O', O: 'talks with A' }),
      scene('S9', 'both press hold', (site) => site.A.hold().then(() => site.O.hold()), {
        A: 'held by O, holding O',
        O: 'held by A, holding A',
      }),
      scene('S8', 'A resumes', (site) => site.A.resume(), { A: 'held by O', O: 'holding A' }),
      scene('S6', 'O resumes', (site) => site.O.resume(), { A: 'talks with O', O: 'talks with A' }),
      scene('S6', 'A hangs up', (site) => site.A.hangUp(), {}),
    ],
  },
  {
    name: 'calls that are not taken',
    scenes: [
      scene('S1', 'A dials O', (site) => site.A.dial(O), { A: 'calling O', O: 'rings, from A' }),
      scene('S12', 'O rejects', (site) => site.O.reject(), {}),
      scene('S13', 'A dials an unregistered telephone', (site) => dialInVain(site, UNREGISTERED_PHONE), {}),
      scene(
        'S14',
        'A dials O, do-not-disturb is on',
        (site) => dialInVain(site, numberFor.doNotDisturb(O)),
        {},
      ),
      scene(
        'S26',
        'A dials a number with sound before the answer',
        (site) => site.A.dial(CALL_NUMBERS.earlyMedia),
        {
          A: `calling ${CALL_NUMBERS.earlyMedia}`,
        },
      ),
    ],
  },
  {
    name: 'a call to the outside',
    scenes: [
      scene('S2', 'O dials X', (site) => site.O.dial(numberFor.outside('030555')).then(site.X.ring), {
        O: 'calling 9030555',
        X: '9030555: rings, from O',
      }),
      scene(
        'S6',
        'X answers',
        ({ X }) => X.answer(),
        { O: 'talks with 9030555', X: '9030555: talks with O' },
        ['O', 'X'],
      ),
      scene('S6', 'X hangs up', ({ X }) => X.hangUp(), {}),
    ],
  },
  {
    name: 'a call to the outside, with sound before the answer',
    onlyReal: true,
    scenes: [
      scene('S26', 'O dials X', (site) => site.O.dial(numberFor.outside('030555')).then(site.X.playEarly), {
        O: 'calling 9030555',
      }),
    ],
  },
  {
    name: 'a call from the outside',
    scenes: [
      scene('S3', 'X dials O', ({ X }) => X.call(O, { number: '+4930555', name: 'Eva "Evi" Müller' }), {
        O: 'rings, from +4930555 Eva "Evi" Müller',
        X: '+4930555 Eva "Evi" Müller: calling O',
      }),
      scene(
        'S6',
        'O answers',
        (site) => site.O.answer(),
        { O: 'talks with +4930555 Eva "Evi" Müller', X: '+4930555 Eva "Evi" Müller: talks with O' },
        ['O', 'X'],
      ),
    ],
  },
  {
    name: 'a withheld number',
    scenes: [
      scene('S4', 'X dials O', ({ X }) => X.call(O, { number: '+4930555', name: 'Eva', withheld: true }), {
        O: 'rings, from withheld',
        X: 'withheld: calling O',
      }),
      scene('S4', 'O answers', (site) => site.O.answer(), {
        O: 'talks with withheld',
        X: 'withheld: talks with O',
      }),
    ],
  },
  ...['', 'anonymous'].map((number) => ({
    name: `an unknown caller: “${number}”`,
    scenes: [
      scene('S5', 'X dials O', ({ X }) => X.call(O, { number }), {
        O: 'rings, from unknown',
        X: 'unknown: calling O',
      }),
    ],
  })),
  {
    name: 'a forward by the dialplan',
    scenes: [
      scene('S17', 'A dials O', (site) => site.A.dial(numberFor.forwarded(O)), ringsAtC),
      scene('S17', 'C answers', cAnswers, talksWithC, ['A', 'C']),
    ],
  },
  {
    name: 'a forward by the dialplan through a Local channel that stays',
    scenes: [
      scene('S17', 'A dials O', (site) => site.A.dial(numberFor.forwardedThrough(O)), ringsAtC),
      scene('S17', 'C answers', cAnswers, talksWithC, ['A', 'C']),
    ],
  },
  {
    name: 'a forward by the telephone',
    scenes: [
      scene(
        'S17',
        'A dials it',
        (site) => site.A.dial(SCRIPTED_PHONE).then(() => site.X.redirect(C)),
        ringsAtC,
      ),
      scene('S17', 'C answers', cAnswers, talksWithC, ['A', 'C']),
    ],
  },
  {
    name: 'follow-me',
    scenes: [
      scene('S18', 'A dials O', (site) => site.A.dial(numberFor.followMe(O)), {
        A: 'calling O',
        O: 'rings, from A',
      }),
      scene('S18', 'O does not answer', ({ X }) => X.ring(), {
        A: `calling 9${MOBILE}`,
        X: `9${MOBILE}: rings, from A`,
      }),
      scene('S18', 'the mobile answers', ({ X }) => X.answer(), {
        A: `talks with 9${MOBILE}`,
        X: `9${MOBILE}: talks with A`,
      }),
    ],
  },
];

async function dialInVain(site: CallSite, number: string): Promise<void> {
  await site.A.dial(number);
  await site.A.untilFree();
}
