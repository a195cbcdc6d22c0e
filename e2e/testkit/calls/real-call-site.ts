import type { RealAsterisk } from '../asterisk/start-asterisk.ts';
import { type Phone, startPhone } from '../phones/start-phone.ts';
import { type OutsideCall, type OutsideLine, openOutsideLine } from '../sip/outside-line.ts';
import {
  type CallPhone,
  type CallSite,
  type OutsidePhone,
  PEOPLE,
  type Person,
  createCallSite,
} from './call-site.ts';

/** Starts three telephones and the outside line at an Asterisk with `calls: true`. */
export async function startRealCallSite(
  asterisk: RealAsterisk,
): Promise<CallSite & { stop(): Promise<void> }> {
  const { sipPort, trunkPort } = asterisk;
  const started = await Promise.all(
    Object.values(PEOPLE).map((extension) => startPhone({ extension, sipPort })),
  );
  const line = await openOutsideLine({ port: trunkPort, sipPort });
  const phoneOf = (person: Person): CallPhone => {
    const phone = started.find(({ extension }) => extension === PEOPLE[person]);
    if (phone === undefined) throw new Error(`no phone of ${person}`);
    return asCallPhone(phone, asterisk);
  };
  const site = createCallSite({
    phones: { A: phoneOf('A'), O: phoneOf('O'), C: phoneOf('C') },
    outside: outsidePhone(line),
    pbx: asterisk,
  });
  return {
    ...site,
    async stop() {
      line.stop();
      await Promise.all(started.map((phone) => phone.stop()));
    },
  };
}

function outsidePhone(line: OutsideLine): OutsidePhone {
  let current: OutsideCall | undefined;
  const called = async () => (current = await line.incoming());
  return {
    async call(to, caller) {
      current = await line.call(to, caller);
    },
    ring: async () => (await called()).ring(),
    playEarly: async () => (await called()).playEarly(),
    redirect: async (to) => (await called()).redirect(to),
    answer: () => current?.answer(),
    hangUp: () => current?.hangUp(),
    isOver: () => current?.status() === 'ended',
  };
}

function asCallPhone(phone: Phone, asterisk: RealAsterisk): CallPhone {
  return {
    ...phone,
    hangUp: phone.hangup,
    async completeTransfer() {
      await phone.join(await newestDialog(phone.extension, asterisk));
    },
  };
}

/** The SIP dialog of a telephone's newest call, as Asterisk names it. */
async function newestDialog(extension: string, asterisk: RealAsterisk) {
  return asterisk.withSession(async (ami) => {
    const items = await ami.list({ Action: 'CoreShowChannels' });
    const names = items.map(({ fields }) => fields['channel'] ?? '');
    const Channel =
      names
        .filter((name) => name.startsWith(`PJSIP/${extension}-`))
        .toSorted()
        .at(-1) ?? '';
    const read = async (Variable: string): Promise<string> => {
      const answer = await ami.action({ Action: 'Getvar', Channel, Variable });
      return answer.fields['value'] ?? '';
    };
    return {
      to: await read('EXTEN'),
      callId: await read('CHANNEL(pjsip,call-id)'),
      remoteTag: await read('CHANNEL(pjsip,local_tag)'),
      localTag: await read('CHANNEL(pjsip,remote_tag)'),
    };
  });
}
