import { CALL_NUMBERS, numberFor } from '../asterisk/calls-config.ts';
import { type CallSite, PEOPLE } from './call-site.ts';
import { type Story, scene } from './situations.ts';

const { O, C } = PEOPLE;
const PARKING_MS = 2000;

async function talk(site: CallSite, number: string = O): Promise<void> {
  await site.A.dial(number);
  await site.O.answer();
}

const talking = { A: 'talks with O', O: 'talks with A' };
const aAndOTalk = scene('S6', 'A and O talk', (site) => talk(site), talking, ['A', 'O']);
const ringsAtC = { A: 'calling C', C: 'rings, from A' };
const talksWithC = { A: 'talks with C', C: 'talks with A' };
const consulting = { A: 'held by O', O: 'holding A + talks with C', C: 'talks with O' };

/** Calls placed, passed on, parked and taken over, by telephones and by AMI. */
export const TRANSFERS: readonly Story[] = [
  {
    name: 'click-to-call',
    onlyReal: true,
    scenes: [
      scene('S27', 'O clicks C', clickToCall, { O: 'own phone rings, to call C' }),
      scene('S28', 'O answers', (site) => site.O.answer(), { O: 'calling C', C: 'rings, from O' }),
      scene('S28', 'C answers', (site) => site.C.answer(), { O: 'talks with C', C: 'talks with O' }, [
        'O',
        'C',
      ]),
    ],
  },
  {
    name: 'a blind transfer by AMI',
    onlyReal: true,
    scenes: [
      aAndOTalk,
      scene('S29', 'O transfers A to C', blindTransfer, ringsAtC),
      scene('S30', 'C answers', (site) => site.C.answer(), talksWithC, ['A', 'C']),
    ],
  },
  {
    name: 'a blind transfer by telephone',
    scenes: [
      aAndOTalk,
      scene('S29', 'O transfers A to C', (site) => site.O.transfer(C), ringsAtC),
      scene('S30', 'C answers', (site) => site.C.answer(), talksWithC, ['A', 'C']),
    ],
  },
  {
    name: 'an attended transfer by telephone',
    scenes: [
      aAndOTalk,
      scene('S31', 'O holds A and dials C', (site) => site.O.hold().then(() => site.O.dial(C)), {
        A: 'held by O',
        O: 'holding A + calling C',
        C: 'rings, from O',
      }),
      scene('S31', 'C answers', (site) => site.C.answer(), consulting, ['C']),
      scene('S32', 'O completes', (site) => site.O.completeTransfer(), talksWithC, ['A']),
    ],
  },
  {
    name: 'an attended transfer by feature code',
    onlyReal: true,
    scenes: [
      scene('S6', 'A and O talk', (site) => talk(site, numberFor.withCodes(O)), talking, ['A', 'O']),
      scene('S33', 'O dials C', attendedTransfer, { A: 'held by O', O: 'calling C', C: 'rings, from O' }),
      scene('S33', 'C answers', (site) => site.C.answer(), {
        A: 'held by O',
        O: 'talks with C',
        C: 'talks with O',
      }),
      scene('S32', 'O hangs up', (site) => site.O.hangUp(), talksWithC),
    ],
  },
  {
    name: 'a parked call that is taken',
    scenes: [
      aAndOTalk,
      scene('S34', 'O parks A', (site) => site.O.transfer(CALL_NUMBERS.park), {
        A: 'parked 701 by O',
        O: 'left alone',
      }),
      scene('S34', 'O has heard the slot', (site) => site.O.untilFree(), { A: 'parked 701 by O' }),
      scene('S36', 'C dials the slot', (site) => site.C.dial('701'), talksWithC, ['A', 'C']),
    ],
  },
  {
    name: 'a parked call that nobody takes',
    onlyReal: true,
    scenes: [
      aAndOTalk,
      scene('S34', 'O parks A', park, { A: 'parked 701 by O', O: 'left alone' }),
      scene('S34', 'O hangs up', (site) => site.O.hangUp(), { A: 'parked 701 by O' }),
      scene('S35', 'the time is over', (site) => site.O.untilRings(), { A: 'calling O', O: 'rings, from A' }),
      scene('S35', 'O answers', (site) => site.O.answer(), talking, ['A', 'O']),
    ],
  },
  {
    name: 'a call from the outside, parked',
    scenes: [
      scene('S3', 'X dials O', ({ X }) => X.call(O, { number: '030555', name: 'Eva' }), {
        O: 'rings, from 030555 Eva',
        X: '030555 Eva: calling O',
      }),
      scene('S6', 'O answers', (site) => site.O.answer(), {
        O: 'talks with 030555 Eva',
        X: '030555 Eva: talks with O',
      }),
      scene('S34', 'O parks X', (site) => site.O.transfer(CALL_NUMBERS.park), {
        O: 'left alone',
        X: '030555 Eva: parked 701 by O',
      }),
    ],
  },
  {
    name: 'a ringing call that is deflected',
    onlyReal: true,
    scenes: [
      scene('S1', 'A dials O', (site) => site.A.dial(O), { A: 'calling O', O: 'rings, from A' }),
      scene('S38', 'O deflects it to C', deflect, ringsAtC),
    ],
  },
];

async function clickToCall(site: CallSite): Promise<void> {
  const Variable = `CONNECTEDLINE(name,i)="Martin, Chloé",CONNECTEDLINE(num)=${C}`;
  await site.action({
    Action: 'Originate',
    Channel: `PJSIP/${O}`,
    ...to(C),
    Timeout: '20000',
    Async: 'true',
    Variable,
  });
}

async function blindTransfer(site: CallSite): Promise<void> {
  await site.action({ Action: 'BlindTransfer', Channel: await site.channel('O'), ...to(C) });
}

async function attendedTransfer(site: CallSite): Promise<void> {
  await site.action({ Action: 'Atxfer', Channel: await site.channel('O'), ...to(C) });
}

async function deflect(site: CallSite): Promise<void> {
  await site.action({ Action: 'Redirect', Channel: await site.channel('A'), ...to(C) });
}

async function park(site: CallSite): Promise<void> {
  const [Channel, TimeoutChannel] = [await site.channel('A'), await site.channel('O')];
  await site.action({ Action: 'Park', Channel, TimeoutChannel, Timeout: String(PARKING_MS) });
}

const to = (Exten: string) => ({ Context: 'default', Exten, Priority: '1' });
