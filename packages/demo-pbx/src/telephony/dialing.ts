import type { Clock } from '../pbx/clock.ts';
import type { Bridges } from './bridges.ts';
import { type CallControl, CAUSES } from './call-control.ts';
import type { CallEvent } from './call-event.ts';
import { type CallerId, type Channel, type DialStatus, peerOf } from './channel.ts';
import type { Channels } from './channels.ts';

/** Asterisk removes a Local without `/n` soon after the answer. */
const LOCAL_OPTIMIZATION_MS = 50;
const ANSWERED_ELSEWHERE = 26;

interface DialingOptions {
  clock: Clock;
  channels: Channels;
  bridges: Bridges;
  control: CallControl;
  emit: (event: CallEvent) => void;
  isRegistered: (device: string) => boolean;
  callerIdOf: (device: string) => CallerId;
}

interface Dial {
  /** `PJSIP/1101`, `PJSIP/0123@trunk`, `Local/1101@default` or the same with `/n`. */
  destinations: readonly string[];
  application: 'AppDial' | 'AppQueue';
  seconds: number;
  onAnswer: () => void;
  /** No leg rings any more, without an answer or a cancellation. */
  onEnd: (status: DialStatus) => void;
}

/** A leg that a destination has; `two` is the end of a Local that runs the dialplan. */
interface Leg {
  readonly leg: Channel;
  readonly two?: Channel;
  readonly dialString: string;
}

export type Dialing = ReturnType<typeof createDialing>;

const statusOf = (cause: number): DialStatus =>
  cause === CAUSES.BUSY ? 'BUSY' : cause === CAUSES.NOANSWER ? 'NOANSWER' : 'CHANUNAVAIL';

/** Rings phones, outside lines and Locals for a caller. */
export function createDialing(options: DialingOptions) {
  const { clock, channels, bridges, control, emit, isRegistered, callerIdOf } = options;

  function createLeg(caller: Channel, destination: string): Leg | undefined {
    const [, localExten, context = '', persistent] = /^Local\/(.*)@([^@/]+)(\/n)?$/s.exec(destination) ?? [];
    if (localExten !== undefined) {
      const { one, two } = channels.createLocal(localExten, context, caller, persistent !== undefined);
      return { leg: one, two, dialString: destination.slice('Local/'.length) };
    }
    const [, resource = '', trunk] = /^PJSIP\/(.*?)(?:@([^@]*))?$/s.exec(destination) ?? [];
    const device = `PJSIP/${trunk ?? resource}`;
    if (!isRegistered(device)) return undefined;
    const id = trunk === undefined ? callerIdOf(device) : { number: caller.exten, name: '' };
    const down = { device, state: 'Down', context: 'default', exten: 's' } as const;
    return { leg: channels.create({ ...down, caller: id, linkedTo: caller }), dialString: resource };
  }

  /** Connects both far ends of a Local, and removes it. */
  function optimize(one: Channel, two: Channel): void {
    const [caller, called] = [peerOf(one), peerOf(two)];
    const { bridge } = one;
    if (!caller || !called || !bridge) return;
    bridges.leave(called);
    bridges.enter(bridge, called, one);
    bridges.leave(two);
    control.hangUp(one);
  }

  /** Rings all destinations at once. Returns the function that cancels it. */
  function dial(caller: Channel, { destinations, application, seconds, onAnswer, onEnd }: Dial): () => void {
    const pending = new Set<Channel>();
    const isQueue = application === 'AppQueue';
    const isSingle = destinations.length === 1 && !isQueue;
    let over = false;
    const cancelTimeout = clock.after(seconds * 1000, () => {
      for (const leg of pending) end(leg, CAUSES.NOANSWER);
    });

    function close(leg: Channel, status: DialStatus, cause: number): void {
      pending.delete(leg);
      leg.offer = undefined;
      emit({ event: 'DialEnd', caller, leg, status });
      control.hangUp(leg, cause);
    }

    function finish(): void {
      over = true;
      cancelTimeout();
    }

    function cancel(cause: number): void {
      finish();
      for (const leg of pending) close(leg, 'CANCEL', cause);
    }

    function end(leg: Channel, cause: number): void {
      const status = statusOf(cause);
      close(leg, status, cause);
      if (over || pending.size > 0) return;
      finish();
      onEnd(status);
    }

    function answer(leg: Channel, pickedUpBy?: Channel): void {
      const called = pickedUpBy ?? leg;
      finish();
      pending.delete(leg);
      leg.offer = undefined;
      if (pickedUpBy) channels.setConnected(pickedUpBy, leg.connected);
      channels.setState(called, 'Up');
      if (pickedUpBy) {
        pickedUpBy.exten = leg.exten;
        control.setApplication(pickedUpBy, application, '(Outgoing Line)');
        emit({ event: 'Pickup', channel: pickedUpBy, target: leg });
      }
      if (!isQueue) called.exten = '';
      channels.setConnected(caller, called.caller);
      caller.twin?.offer?.identify(called.caller);
      emit({ event: 'DialEnd', caller, leg: called, status: 'ANSWER' });
      onAnswer();
      control.answer(caller);
      if (pickedUpBy) control.hangUp(leg, ANSWERED_ELSEWHERE);
      cancel(ANSWERED_ELSEWHERE);
      bridges.connect(called, caller);
      const { twin, persistent = false } = caller;
      if (twin && !persistent) clock.after(LOCAL_OPTIMIZATION_MS, () => optimize(twin, caller));
    }

    function identify(leg: Channel, id: CallerId): void {
      leg.caller = id;
      if (!isSingle) return;
      channels.setConnected(caller, id);
      caller.twin?.offer?.identify(id);
    }

    function ring(leg: Channel): void {
      if (leg.state === 'Ringing') return;
      channels.setState(leg, 'Ringing');
      emit({ event: 'DialState', caller, leg, status: 'RINGING' });
      caller.twin?.offer?.ring();
    }

    function begin({ leg, dialString }: Leg, destination: string): void {
      pending.add(leg);
      leg.offer = {
        ring: () => ring(leg),
        answer: (pickedUpBy) => answer(leg, pickedUpBy),
        identify: (id) => identify(leg, id),
        redirect: (exten) => redirect(leg, exten),
        end: (cause) => end(leg, cause),
      };
      const dialBegins = () =>
        emit({ event: 'DialBegin', caller, leg, dialString: isQueue ? destination : dialString });
      if (isQueue) dialBegins();
      leg.exten = caller.exten;
      control.setApplication(leg, application, '(Outgoing Line)');
      channels.setConnected(leg, caller.caller);
      if (!isQueue) dialBegins();
    }

    /** Lets a leg ring; of a Local, what the dialplan has at its extension. */
    function start({ leg, two }: Leg): void {
      if (!pending.has(leg)) return;
      if (two) return control.execute(two, two.exten, two.context);
      identify(leg, leg.caller);
      ring(leg);
    }

    function redirect(leg: Channel, exten: string): void {
      const destination = `Local/${exten}@${leg.context}`;
      const replacement = createLeg(caller, destination);
      if (!replacement) return;
      begin(replacement, destination);
      close(leg, 'CANCEL', CAUSES.ANSWER);
      start(replacement);
    }

    const legs: Leg[] = [];
    for (const destination of destinations) {
      const created = createLeg(caller, destination);
      if (!created) continue;
      begin(created, destination);
      legs.push(created);
    }
    for (const leg of legs) start(leg);
    if (legs.length === 0) {
      finish();
      onEnd('CHANUNAVAIL');
    }
    return () => cancel(CAUSES.CANCEL);
  }

  return { dial };
}
