import type { UserSettingsStore } from '../preferences/user-settings.ts';
import { throttle } from '../platform/throttle.ts';
import type { IoServer, ClientSocket } from './io-server.ts';

/** An own board may be as large as a whole one: those that changed are sent at most so often, in milliseconds. */
const PUSH_INTERVAL_MS = 50;

/** Sends every change of an own board to all consoles of its account; what it returns gives one console its own. */
export function createSettingsPush({
  io,
  userSettings,
}: {
  io: IoServer;
  userSettings: Pick<UserSettingsStore, 'get' | 'subscribe'>;
}): (socket: ClientSocket) => void {
  const roomOf = (accountId: number) => `account ${accountId}`;
  const changed = new Set<number>();
  const push = throttle(PUSH_INTERVAL_MS, () => {
    for (const accountId of changed) send(io.to(roomOf(accountId)), accountId);
    changed.clear();
  });
  userSettings.subscribe((accountId) => {
    changed.add(accountId);
    push();
  });

  function send(target: Pick<IoServer | ClientSocket, 'emit'>, accountId: number): void {
    try {
      target.emit('settings', userSettings.get(accountId));
    } catch {
      // What can't be read now is sent with the next change.
    }
  }

  return (socket) => {
    const { accountId } = socket.data;
    void socket.join(roomOf(accountId));
    send(socket, accountId);
  };
}
