import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';

import { createAuthenticate } from './ami/authenticate.ts';
import { formatEvent } from './ami/event-formatter.ts';
import { type AmiSession, createSession } from './ami/session.ts';
import type { DemoPbx, DemoPbxOptions } from './pbx/types.ts';
import { fromBytes, toBytes } from './pbx/bytes.ts';
import { createPbx } from './pbx/pbx.ts';
import { formatPresenceValue } from './pbx/presence-value.ts';

/** On close, clients get this long to read the rest. */
const CLOSE_GRACE_MS = 500;

/** Starts an AMI server that behaves as Asterisk 22. Rejects where the port is taken, or an `eventfilter` is invalid. */
export async function startDemoPbx(options: DemoPbxOptions): Promise<DemoPbx> {
  const { hints, users, host = '127.0.0.1', port = 0, bootMs = 0, store = new Map() } = options;
  const sessions = new Map<Socket, AmiSession>();
  let paused = false;

  const pbx = createPbx({
    hints,
    store,
    now: () => performance.now() / 1000,
    emit(fact) {
      const event = formatEvent(fact);
      for (const session of sessions.values()) session.event(event);
    },
  });
  const authenticate = createAuthenticate(users);

  const server = createServer((socket) => {
    const session = createSession(socket, pbx, authenticate);
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
    setDeviceState: (device, state) => pbx.setDeviceState(toBytes(device), state),
    deviceState: (device) => pbx.states.deviceState(toBytes(device)),
    setPresence(provider, { state, subtype, message }) {
      const value = formatPresenceValue({ state, subtype: toBytes(subtype), message: toBytes(message) });
      const change = pbx.preparePresenceChange(toBytes(provider), value, 'api');
      if (!change) throw new Error(`only CustomPresence: providers can be set, not ${provider}`);
      change();
    },
    presence(provider) {
      const { state, subtype, message } = pbx.storedPresence(toBytes(provider));
      return { state, subtype: fromBytes(subtype), message: fromBytes(message) };
    },
    presenceSource: (provider) => pbx.presenceSource(toBytes(provider)),
    reload: (next) => pbx.reload(next),
    injectRaw(text) {
      for (const session of sessions.values()) session.event({ class: 'call', text: toBytes(text) });
    },
    sessions: () => [...sessions.values()].filter((session) => session.authenticated()).length,
    finishBoot() {
      timers.forEach(clearTimeout);
      pbx.setStage('up');
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    kill: () => stop((session) => session.destroy()),
    close({ restart = false } = {}) {
      pbx.emit({ kind: 'shutdown', restart });
      const closed = stop((session) => session.end());
      const grace = setTimeout(() => sessions.forEach((session) => session.destroy()), CLOSE_GRACE_MS);
      return closed.finally(() => clearTimeout(grace));
    },
  };
}
