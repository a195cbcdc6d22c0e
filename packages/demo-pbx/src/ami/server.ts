import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { type DemoUser, createAuthenticate } from './authenticate.ts';
import { formatEvent } from './event-formatter.ts';
import { type AmiSession, createSession } from './session.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import { fromBytes, toBytes } from '../pbx/bytes.ts';
import type { DemoStore } from '../pbx/astdb.ts';
import type { DemoHint } from '../pbx/hint-registry.ts';
import { type Clock, createStoppableClock, realClock } from '../pbx/clock.ts';
import { createPbx } from '../pbx/pbx.ts';
import { type Presence, formatPresenceValue } from '../pbx/presence-value.ts';
import { type TelephonyConfig, standardTelephony } from '../telephony/telephony-config.ts';
import { createTelephony } from '../telephony/telephony.ts';
import type { AmiEvent } from './blocks.ts';
import { formatCallEvent } from './call-events.ts';

export interface DemoPbxOptions {
  hints: readonly DemoHint[];
  users: readonly DemoUser[];
  /** 127.0.0.1 by default. */
  host?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Duration of the boot in ms; 0 by default, `Infinity`: until `finishBoot()`. */
  bootMs?: number;
  /** Presence and custom device states; pass the same map again for a restart. */
  store?: DemoStore;
  /** The time of Asterisk, and of its calls. */
  clock?: Clock;
  /** Ring groups, queues, conferences, parking, and more. */
  telephony?: TelephonyConfig;
}

export type DemoPbx = Awaited<ReturnType<typeof startDemoPbx>>;

/** On close, clients get this long to read the rest. */
const CLOSE_GRACE_MS = 500;

/** Starts an AMI server that behaves as Asterisk 22. Rejects where the port is taken, or an `eventfilter` is invalid. */
export async function startDemoPbx(options: DemoPbxOptions) {
  const { hints, users, host = '127.0.0.1', port = 0, bootMs = 0, store = new Map() } = options;
  const { clock = realClock, telephony: config = standardTelephony } = options;
  const sessions = new Map<Socket, AmiSession>();
  let paused = false;

  function broadcast(event: AmiEvent): void {
    for (const session of sessions.values()) session.event(event);
  }

  const calls = createStoppableClock(clock);
  const pbx = createPbx({ hints, store, clock, emit: (fact) => broadcast(formatEvent(fact)) });
  const telephony = createTelephony({
    config,
    clock: calls,
    emit(event) {
      if (pbx.stage() === 'up' && sessions.size > 0) broadcast(formatCallEvent(event));
    },
    devicesOf: (exten) => pbx.states.hints().find(exten, 'default')?.devices,
    callerIdOf: pbx.callerIdOf,
    isRegistered: (device) => pbx.states.idleState(device) !== 'UNAVAILABLE',
    deviceState: pbx.states.deviceState,
    setDeviceState: pbx.states.setDeviceState,
    setCallState: pbx.states.setCallState,
  });
  const authenticate = createAuthenticate(users);

  const server = createServer((socket) => {
    const session = createSession({ socket, pbx, telephony, authenticate });
    if (paused) session.setPaused(true);
    sessions.set(socket, session);
    socket.on('close', () => sessions.delete(socket));
  });
  // A failed accept, as without free file descriptors, drops that connection only.
  server.on('error', () => undefined);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');

  const timers: NodeJS.Timeout[] = [];
  if (bootMs === 0) pbx.setStage('up');
  else if (Number.isFinite(bootMs)) {
    timers.push(setTimeout(() => pbx.setStage('loading'), bootMs / 2));
    timers.push(setTimeout(() => pbx.setStage('up'), bootMs));
  }

  let stopped: Promise<void> | undefined;
  function stop(endSession: (session: AmiSession) => void): Promise<void> {
    stopped ??= new Promise((resolve) => {
      timers.forEach(clearTimeout);
      calls.stop();
      server.close(() => resolve());
      for (const session of sessions.values()) endSession(session);
    });
    return stopped;
  }

  function setPaused(next: boolean): void {
    paused = next;
    for (const session of sessions.values()) session.setPaused(next);
  }

  return {
    host,
    port: address.port,
    setDeviceState: (device: string, state: DeviceState) => pbx.setDeviceState(toBytes(device), state),
    deviceState: (device: string) => pbx.states.deviceState(toBytes(device)),
    /** Sets a presence as an AMI client does with base64. Throws for a provider other than `CustomPresence:…`. */
    setPresence(provider: string, { state, subtype, message }: Presence) {
      const value = formatPresenceValue({ state, subtype: toBytes(subtype), message: toBytes(message) });
      const change = pbx.preparePresenceChange(toBytes(provider), value, 'api');
      if (!change) throw new Error(`only CustomPresence: providers can be set, not ${provider}`);
      change();
    },
    /** The stored presence, untruncated; `not_set` where there is none. */
    presence(provider: string) {
      const { state, subtype, message } = pbx.storedPresence(toBytes(provider));
      return { state, subtype: fromBytes(subtype), message: fromBytes(message) };
    },
    /** Sets an entry of AstDB, which survives a restart with the store. */
    putDatabase: (family: string, key: string, value: string) =>
      pbx.db.put(toBytes(family), toBytes(key), toBytes(value)),
    /** Undefined where it was never set. Survives a restart with the store. */
    presenceSource: (provider: string) => pbx.presenceSource(toBytes(provider)),
    /** Like `dialplan reload`: announces the status of every hint that exists now; removed hints get no event. */
    reload: pbx.reload,
    /** The telephone of a PJSIP endpoint, such as `1101`. */
    phone: telephony.phone,
    /** A call from outside. */
    stranger: telephony.stranger,
    /** Runs `start`, whose calls then look as if they were some time old. */
    backdate: telephony.channels.backdate,
    /** Sends raw text to every session that may read class `call`. */
    injectRaw(text: string) {
      for (const session of sessions.values()) session.event({ class: 'call', text: toBytes(text) });
    },
    /** Number of logged-in sessions. */
    sessions: () => [...sessions.values()].filter((session) => session.authenticated()).length,
    finishBoot() {
      timers.forEach(clearTimeout);
      pbx.setStage('up');
    },
    /** Simulates half-open links: connections are accepted, but nothing is read or sent until `resume()`. */
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    /** Like `kill -9`: drops every connection. Resolves when the port is free. */
    kill: () => stop((session) => session.destroy()),
    /** Like `core stop now` (or `restart`): `Shutdown`, then FIN. Resolves when the port is free. */
    close({ restart = false } = {}) {
      pbx.emit({ kind: 'shutdown', restart });
      const closed = stop((session) => session.end());
      const grace = setTimeout(() => sessions.forEach((session) => session.destroy()), CLOSE_GRACE_MS);
      return closed.finally(() => clearTimeout(grace));
    },
  };
}
