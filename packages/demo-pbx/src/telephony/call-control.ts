import type { Bridges } from './bridges.ts';
import type { CallEvent } from './call-event.ts';
import { type Channel, type DialStatus, peerOf } from './channel.ts';
import type { Channels } from './channels.ts';
import { type Dialplan, type Step, stepsOf } from './dialplan.ts';

/** Runs on a channel; calls `next` when it ends by itself. */
export type Application = (channel: Channel, data: string, next: (status?: DialStatus) => void) => void;

interface CallControlOptions {
  channels: Channels;
  bridges: Bridges;
  dialplan: Dialplan;
  applications: ReadonlyMap<string, Application>;
  emit: (event: CallEvent) => void;
}

export type CallControl = ReturnType<typeof createCallControl>;

export const CAUSES = { CHANUNAVAIL: 3, ANSWER: 16, BUSY: 17, NOANSWER: 19, CANCEL: 127 } as const;

/** Ends channels, and moves them through the dialplan. */
export function createCallControl({ channels, bridges, dialplan, applications, emit }: CallControlOptions) {
  /** Ends what the channel does; its next application may begin. */
  function interrupt(channel: Channel): void {
    const { stop } = channel;
    channel.step = undefined;
    channel.stop = () => undefined;
    channel.onDigit = () => undefined;
    stop();
  }

  /** Ends a channel, and with it the one that it talks with. */
  function hangUp(channel: Channel, cause: number = CAUSES.ANSWER): void {
    if (channel.hungUp) return;
    channel.hungUp = true;
    const peer = peerOf(channel);
    channel.offer?.end(cause);
    interrupt(channel);
    bridges.leave(channel);
    channels.remove(channel, cause);
    if (channel.twin) hangUp(channel.twin, cause);
    if (peer) hangUp(peer, cause);
  }

  function setApplication(channel: Channel, application: string, data: string): void {
    channel.application = application;
    channel.data = data;
    emit({ event: 'Newexten', channel });
  }

  function run(channel: Channel, steps: readonly Step[], index: number, cause: number): void {
    const step = steps[index];
    const application = step && applications.get(step.application);
    if (!step || !application) return hangUp(channel, cause);
    channel.priority = index + 1;
    channel.step = step;
    channel.stop = () => undefined;
    setApplication(channel, step.application, step.data);
    application(channel, step.data, (status) => {
      if (channel.step === step && !channel.hungUp)
        run(channel, steps, index + 1, status ? CAUSES[status] : cause);
    });
  }

  return {
    interrupt,
    hangUp,
    setApplication,
    /** The dialplan answers for the channel; a wire hands it on to who dialled. */
    answer(channel: Channel): void {
      channels.setState(channel, 'Up');
      channel.twin?.offer?.answer();
    },
    hasExtension: (exten: string, context: string) => stepsOf(dialplan, exten, context) !== undefined,
    /** Runs an extension of the dialplan; a channel without one is hung up. */
    execute(channel: Channel, exten: string, context: string): void {
      interrupt(channel);
      channel.exten = exten;
      channel.context = context;
      run(channel, stepsOf(dialplan, exten, context) ?? [], 0, CAUSES.ANSWER);
    },
  };
}
