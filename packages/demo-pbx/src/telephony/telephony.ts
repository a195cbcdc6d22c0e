import { toBytes } from '../pbx/bytes.ts';
import type { Clock } from '../pbx/clock.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import { createApplications } from './applications.ts';
import { createBridges } from './bridges.ts';
import { type Application, createCallControl } from './call-control.ts';
import type { CallEvent } from './call-event.ts';
import type { CallerId, Channel } from './channel.ts';
import { createChannels } from './channels.ts';
import { createDialing } from './dialing.ts';
import { createDialplan, type DialplanExtension } from './dialplan.ts';
import { createLines, type Line, sipText } from './lines.ts';
import { createParkingLot, PARK_DIAL_CONTEXT } from './parking-lot.ts';
import { createQueues } from './queues.ts';
import type { TelephonyConfig } from './telephony-config.ts';

interface TelephonyOptions {
  config: TelephonyConfig;
  clock: Clock;
  emit: (event: CallEvent) => void;
  /** The devices of an extension's hint, and undefined where there is none. */
  devicesOf: (exten: string) => readonly string[] | undefined;
  callerIdOf: (device: string) => CallerId;
  isRegistered: (device: string) => boolean;
  deviceState: (device: string) => DeviceState;
  setDeviceState: (device: string, state: DeviceState) => void;
  setCallState: (device: string, state: DeviceState | undefined) => void;
}

/** A caller from outside. Any text may be in it. */
interface Stranger {
  from: string;
  name?: string;
  exten: string;
  withheld?: boolean;
  /** The endpoint, `anonymous` by default. */
  trunk?: string;
}

export type Telephony = ReturnType<typeof createTelephony>;

const RING_SECONDS = 30;

/** The calls of a PBX: channels, bridges and the applications that they run. Its devices follow the channels. */
export function createTelephony(options: TelephonyOptions) {
  const { config, clock, emit, devicesOf, callerIdOf, isRegistered } = options;
  const { deviceState, setDeviceState, setCallState } = options;
  const { exten: parkingExten, ...parking } = config.parking;
  const standard = createDialplan(config.extensions);
  const applications = new Map<string, Application>();

  /** A phone rings, then takes a message. */
  function phoneExtension(exten: string): DialplanExtension | undefined {
    const phones = devicesOf(exten)?.filter((device) => device.startsWith('PJSIP/')) ?? [];
    if (phones.length === 0) return undefined;
    return { exten, steps: [`Dial(${phones.join('&')},${RING_SECONDS})`, 'VoiceMail(${EXTEN}@default,u)'] };
  }

  function parkingExtension(exten: string): DialplanExtension | undefined {
    if (exten === parkingExten) return { exten, steps: ['Park()'] };
    const slot = /^\d+$/.test(exten) ? Number(exten) : 0;
    if (slot < parking.first || slot > parking.last) return undefined;
    return { exten, steps: ['ParkedCall(default,${EXTEN})'] };
  }

  const channels = createChannels({ clock, emit, setCallState });
  const bridges = createBridges({ channels, emit, onLoop: (channel) => control.hangUp(channel) });
  const control = createCallControl({
    channels,
    bridges,
    applications,
    emit,
    dialplan(exten, context) {
      if (context === PARK_DIAL_CONTEXT)
        return { exten, steps: [`Dial(${exten.replace('_', '/')},${RING_SECONDS})`] };
      const extension = standard(exten, context);
      if (extension || context !== 'default') return extension;
      return phoneExtension(exten) ?? parkingExtension(exten);
    },
  });
  const dialing = createDialing({
    clock,
    channels,
    bridges,
    control,
    emit,
    callerIdOf,
    isRegistered,
  });
  const parkingLot = createParkingLot({
    config: parking,
    clock,
    channels,
    bridges,
    control,
    emit,
    setDeviceState,
  });
  const queues = createQueues({ config: config.queues, clock, dialing, deviceState, setDeviceState });
  const lines = createLines({ clock, channels, bridges, control, parkingLot, parkingExten, emit });
  const all = { clock, channels, bridges, control, dialing, queues, parkingLot, setDeviceState };
  for (const [name, application] of createApplications(all)) applications.set(name, application);

  const newest = (list: readonly Channel[], matches: (channel: Channel) => boolean): Line | undefined => {
    const found = list.findLast(matches);
    return found && lines.line(found);
  };

  return {
    channels,
    parkingLot,
    /** A call from outside. Throws where nothing has that extension. */
    stranger({ from, name = '', exten, withheld = false, trunk = 'anonymous' }: Stranger): Line {
      // chan_pjsip leaves the escapes of SIP in a name.
      const caller = { number: sipText(from), name: sipText(name.replace(/["\\]/g, '\\$&')) };
      return lines.line(lines.call({ device: `PJSIP/${trunk}`, caller, exten, withheld }));
    },
    /** The telephone of a PJSIP endpoint. Its buttons act on the newest line that they can act on. */
    phone(endpoint: string) {
      const device = `PJSIP/${toBytes(endpoint)}`;
      const phoneChannels = () => channels.of(device);
      const ringing = () => newest(phoneChannels(), ({ offer }) => offer !== undefined);
      const active = () => newest(phoneChannels(), ({ offer, holds }) => !offer && !holds);
      const holding = () => newest(phoneChannels(), ({ holds }) => holds !== undefined);
      const current = () => active() ?? holding();
      return {
        lines: () => phoneChannels().map(lines.line),
        isRegistered: () => isRegistered(device),
        /** Calls an extension, and holds the active call. Throws where nothing has that extension. */
        dial(exten: string): Line {
          active()?.hold();
          return lines.line(lines.call({ device, caller: callerIdOf(device), exten }));
        },
        /** Answers the ringing call, and holds the active one. */
        answer() {
          const line = ringing();
          active()?.hold();
          line?.answer();
        },
        reject: () => ringing()?.reject(),
        hold: () => active()?.hold(),
        resume: () => holding()?.resume(),
        press: (digit: string) => active()?.press(digit),
        transfer: (exten: string) => current()?.transfer(exten),
        /** Connects the party on hold with the active one. */
        completeTransfer() {
          const consultation = active();
          if (consultation) holding()?.connectWith(consultation);
        },
        park: () => current()?.park(),
        /** Hangs up the active call; else the one on hold, else the one that rings. */
        hangUp: () => (current() ?? ringing())?.hangUp(),
      };
    },
  };
}
