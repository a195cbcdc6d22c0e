import type { Clock } from '../pbx/clock.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import type { Bridges } from './bridges.ts';
import { type Application, type CallControl, CAUSES } from './call-control.ts';
import type { Bridge, Channel } from './channel.ts';
import type { Channels } from './channels.ts';
import type { Dialing } from './dialing.ts';
import type { ParkingLot } from './parking-lot.ts';
import type { Queues } from './queues.ts';

interface ApplicationsOptions {
  clock: Clock;
  channels: Channels;
  bridges: Bridges;
  control: CallControl;
  dialing: Dialing;
  queues: Queues;
  parkingLot: ParkingLot;
  setDeviceState: (device: string, state: DeviceState) => void;
}

const DEFAULT_DIAL_SECONDS = 60;
const PROMPT_MS = 4000;
/** Asterisk's `maxsecs` of a message. */
const MAX_MESSAGE_MS = 180_000;

const firstArgument = (data: string): string => data.split(',', 1)[0] ?? '';

/** The applications of the dialplan by name. */
export function createApplications(options: ApplicationsOptions): ReadonlyMap<string, Application> {
  const { clock, channels, bridges, control, dialing, queues, parkingLot, setDeviceState } = options;
  const rooms = new Map<string, Bridge>();

  function leaveRoom(room: string, bridge: Bridge, channel: Channel): void {
    bridges.leave(channel);
    if (bridge.channels.size > 0) return;
    rooms.delete(room);
    setDeviceState(`confbridge:${room}`, 'NOT_INUSE');
  }

  /** Waits, without an answer, for `ms`. */
  function wait(channel: Channel, ms: number, next: () => void): void {
    channel.stop = clock.after(ms, next);
  }

  /** A digit goes on in the context of the channel, if it is an extension there. */
  function awaitDigit(channel: Channel): void {
    channel.onDigit = (digit) => {
      if (control.hasExtension(digit, channel.context)) control.execute(channel, digit, channel.context);
    };
  }

  const applications: Readonly<Record<string, Application>> = {
    Answer(channel, _data, next) {
      control.answer(channel);
      next();
    },
    Progress: (_channel, _data, next) => next(),
    Set(channel, data, next) {
      const number = /^CALLERID\(num\)=(.*)$/s.exec(data)?.[1];
      if (number !== undefined) channel.caller = { ...channel.caller, number };
      next();
    },
    Wait: (channel, data, next) => wait(channel, Number(firstArgument(data)) * 1000, next),
    Playback(channel, _data, next) {
      control.answer(channel);
      wait(channel, PROMPT_MS, next);
    },
    BackGround(channel, _data, next) {
      control.answer(channel);
      wait(channel, PROMPT_MS, next);
      awaitDigit(channel);
    },
    Read(channel, data, next) {
      control.answer(channel);
      wait(channel, Number(data.split(',')[5]) * 1000, next);
    },
    WaitExten(channel, data, next) {
      wait(channel, Number(firstArgument(data)) * 1000, next);
      awaitDigit(channel);
    },
    Goto(channel, data) {
      const [context = '', exten = ''] = data.split(',');
      control.execute(channel, exten, context);
    },
    Busy(channel) {
      channels.setState(channel, 'Busy');
      control.hangUp(channel, CAUSES.BUSY);
    },
    Hangup: (channel) => control.hangUp(channel),
    Dial(channel, data, next) {
      const [, targets = '', seconds] = /^(.*?)(?:,(\d+))?(?:,[A-Za-z]*)?$/s.exec(data) ?? [];
      let cancel = (): void => undefined;
      channel.stop = () => cancel();
      cancel = dialing.dial(channel, {
        destinations: targets.split('&'),
        application: 'AppDial',
        seconds: seconds === undefined ? DEFAULT_DIAL_SECONDS : Number(seconds),
        onAnswer: () => (channel.stop = () => undefined),
        onEnd: next,
      });
    },
    Queue(channel, data, next) {
      if (!queues.join(channel, firstArgument(data))) next();
    },
    VoiceMail(channel, _data, next) {
      control.answer(channel);
      wait(channel, MAX_MESSAGE_MS, next);
    },
    VoiceMailMain: (channel) => control.answer(channel),
    ConfBridge(channel, data) {
      const room = firstArgument(data);
      control.answer(channel);
      const bridge = rooms.get(room) ?? bridges.create('conference', room);
      rooms.set(room, bridge);
      setDeviceState(`confbridge:${room}`, 'INUSE');
      channel.stop = () => leaveRoom(room, bridge, channel);
      bridges.enter(bridge, channel);
    },
    Park(channel, _data, next) {
      control.answer(channel);
      if (parkingLot.park(channel, channel.device) === undefined) next();
    },
    ParkedCall(channel, data, next) {
      control.answer(channel);
      const [, slot = ''] = data.split(',');
      if (!parkingLot.retrieve(slot, channel)) next();
    },
    Pickup(channel, data, next) {
      const [exten = ''] = data.split('@');
      const ringing = channels.of(`PJSIP/${exten}`).find(({ offer }) => offer !== undefined);
      if (ringing) ringing.offer?.answer(channel);
      else next();
    },
  };
  return new Map(Object.entries(applications));
}
