import type { AmiControls } from '../ami/ami-controls.ts';
import type { OutsideCaller } from '../sip/outside-line.ts';
import { waitUntil } from '../processes/wait-until.ts';

/** A colleague, the operator, another colleague; X is outside. */
export const PEOPLE = { A: '1101', O: '1102', C: '1103' } as const;
export const UNREGISTERED_PHONE = '1115';
export type Person = keyof typeof PEOPLE;
export type Role = Person | 'X';

/** A person's telephone, with several lines. Each step resolves when the telephone has done it. */
export interface CallPhone {
  dial(to: string): Promise<void>;
  /** Waits until it rings; holds its other call. */
  answer(): Promise<void>;
  /** Waits until it rings. */
  reject(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** Holds the current call and resumes the other one. */
  swap(): Promise<void>;
  /** Ends the current call. */
  hangUp(): Promise<void>;
  press(digits: string): Promise<void>;
  /** Sends the other party to a number. */
  transfer(to: string): Promise<void>;
  /** Lets the other parties of its two calls talk with each other. */
  completeTransfer(): Promise<void>;
  untilRings(): Promise<void>;
  /** Waits until it has no call. */
  untilFree(): Promise<void>;
  hangUpAll(): Promise<void>;
}

/** Somebody outside, who has one call at a time. */
export interface OutsidePhone {
  call(to: string, caller: OutsideCaller): Promise<void>;
  /** Waits until it is called, and rings. */
  ring(): Promise<void>;
  /** Waits until it is called; its network plays sound before it rings. */
  playEarly(): Promise<void>;
  /** As the telephone of a colleague that is forwarded: waits until it is called. */
  redirect(to: string): Promise<void>;
  answer(): void;
  hangUp(): void;
  isOver(): boolean;
}

/** A PBX with three telephones and an outside line, and an AMI session of all permissions. */
export type CallSite = ReturnType<typeof createCallSite>;

const CHANNEL_DEVICE = /^(.*)-[0-9a-f]+$/;

export function createCallSite(options: {
  phones: Readonly<Record<Person, CallPhone>>;
  outside: OutsidePhone;
  pbx: Pick<AmiControls, 'withSession'>;
}) {
  const { phones, outside, pbx } = options;

  const channels = () =>
    pbx.withSession(async (ami) =>
      (await ami.list({ Action: 'CoreShowChannels' })).map(({ fields }) => fields['channel'] ?? ''),
    );

  async function action(fields: Record<string, string>): Promise<void> {
    const answer = await pbx.withSession((ami) => ami.action(fields));
    if (answer.name !== 'Success') throw new Error(`${fields['Action']}: ${answer.fields['message'] ?? '?'}`);
  }

  return {
    ...phones,
    X: outside,
    action,
    /** Name of a telephone's only channel. */
    async channel(person: Person): Promise<string> {
      const names = (await channels()).filter(
        (name) => CHANNEL_DEVICE.exec(name)?.[1] === `PJSIP/${PEOPLE[person]}`,
      );
      const [name] = names;
      if (name === undefined || names.length > 1) throw new Error(`${person} has ${names.length} channels`);
      return name;
    },
    /** Ends all calls, also parked ones; resolves when there are none. */
    async clear(): Promise<void> {
      outside.hangUp();
      await Promise.all(Object.values(phones).map((phone) => phone.hangUpAll()));
      await waitUntil(
        'all calls to end',
        async () => {
          const left = await channels();
          for (const Channel of left) await action({ Action: 'Hangup', Channel }).catch(() => undefined);
          return left.length === 0;
        },
        { everyMs: 20 },
      );
    },
  };
}
