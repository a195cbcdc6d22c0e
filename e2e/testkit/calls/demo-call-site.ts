import { type DemoPbx, startDemoPbx } from '@lampboard/demo-pbx';
import { CALL_EXTENSIONS, EMPTY_QUEUE, QUEUE, SCRIPTED_PHONE } from '../asterisk/calls-config.ts';
import { createAmiControls } from '../ami/ami-controls.ts';
import { type Hint, standardHints, USERS } from '../pbx/pbx-under-test.ts';
import { waitUntil } from '../processes/wait-until.ts';
import {
  type CallPhone,
  type OutsidePhone,
  PEOPLE,
  UNREGISTERED_PHONE,
  createCallSite,
} from './call-site.ts';

const POLL = { everyMs: 5 };
type DemoPhone = ReturnType<DemoPbx['phone']>;
type DemoLine = ReturnType<DemoPbx['stranger']>;

/** Starts the demo PBX with the dialplan of the situations. */
export async function startDemoCallSite() {
  const members = [
    { destination: 'PJSIP/1102', phone: 'PJSIP/1102' },
    { destination: 'Local/1103@from-queue/n', phone: 'PJSIP/1103' },
  ];
  const pbx = await startDemoPbx({
    hints: standardHints(),
    users: Object.values(USERS),
    telephony: {
      extensions: CALL_EXTENSIONS,
      queues: { [QUEUE]: members, [EMPTY_QUEUE]: [] },
      parking: { exten: '700', first: 701, last: 708, seconds: 45 },
    },
  });
  pbx.setDeviceState(`PJSIP/${UNREGISTERED_PHONE}`, 'UNAVAILABLE');
  const controls = createAmiControls({ port: pbx.port, user: USERS.control });
  const phones = { A: pbx.phone(PEOPLE.A), O: pbx.phone(PEOPLE.O), C: pbx.phone(PEOPLE.C) };
  const site = createCallSite({
    phones: { A: asCallPhone(phones.A), O: asCallPhone(phones.O), C: asCallPhone(phones.C) },
    outside: outsidePhone(pbx, Object.values(phones)),
    pbx: controls,
  });
  return {
    withSession: controls.withSession,
    amiPort: pbx.port,
    users: USERS,
    reload: async (hints: readonly Hint[]) => pbx.reload(hints),
    site,
    stop: () => pbx.kill(),
  };
}

function asCallPhone(phone: DemoPhone): CallPhone {
  const untilRings = async () =>
    void (await waitUntil('it rings', () => phone.lines().some((line) => line.isRinging()), POLL));
  return {
    dial: async (to) => void phone.dial(to),
    async answer() {
      await untilRings();
      phone.answer();
    },
    async reject() {
      await untilRings();
      phone.reject();
    },
    hold: async () => phone.hold(),
    resume: async () => phone.resume(),
    async swap() {
      const [held] = phone.lines().filter((line) => line.isHolding());
      phone.hold();
      held?.resume();
    },
    hangUp: async () => phone.hangUp(),
    async press(digits) {
      for (const digit of digits) phone.press(digit);
    },
    transfer: async (to) => phone.transfer(to),
    completeTransfer: async () => phone.completeTransfer(),
    untilRings,
    untilFree: async () => void (await waitUntil('it is free', () => phone.lines().length === 0, POLL)),
    async hangUpAll() {
      for (const line of phone.lines()) line.hangUp();
    },
  };
}

function outsidePhone(pbx: DemoPbx, phones: readonly DemoPhone[]): OutsidePhone {
  let current: DemoLine | undefined;
  const missing = (): never => {
    throw new Error('the demo PBX has no such network');
  };
  return {
    async call(exten, { number, name = '', withheld = false }) {
      current = pbx.stranger({ from: number, name, exten, withheld, trunk: 'trunk' });
    },
    async ring() {
      const ringing = () =>
        phones
          .flatMap((phone) => phone.lines())
          .flatMap((line) => line.ringing())
          .find(({ channel }) => channel.startsWith('PJSIP/trunk'));
      current = await waitUntil('a call to the outside', ringing, POLL);
    },
    playEarly: missing,
    async redirect(to) {
      const [ringing] = pbx.phone(SCRIPTED_PHONE).lines();
      ringing?.redirect(to);
    },
    answer: () => current?.answer(),
    hangUp: () => current?.hangUp(),
    isOver: () => current?.isOver() ?? true,
  };
}
