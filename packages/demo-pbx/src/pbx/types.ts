import type { DemoStore, PresenceSource } from './astdb.ts';
import type { DeviceState } from './device-state.ts';
import type { DemoHint } from './hint-registry.ts';
import type { Presence } from './presence-value.ts';

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
}

export interface DemoPbx {
  readonly host: string;
  readonly port: number;
  setDeviceState(device: string, state: DeviceState): void;
  deviceState(device: string): DeviceState;
  /** Sets a presence as an AMI client does with base64. Throws for a provider other than `CustomPresence:…`. */
  setPresence(provider: string, presence: Presence): void;
  /** The stored presence, untruncated; `not_set` where there is none. */
  presence(provider: string): Presence;
  /** Undefined where it was never set. Survives a restart with the store. */
  presenceSource(provider: string): PresenceSource | undefined;
  /** Like `dialplan reload`: announces the status of every hint that exists now; removed hints get no event. */
  reload(hints: readonly DemoHint[]): void;
  /** Sends raw text to every session that may read class `call`. */
  injectRaw(text: string): void;
  /** Number of logged-in sessions. */
  sessions(): number;
  finishBoot(): void;
  /** Simulates half-open links: connections are accepted, but nothing is read or sent until `resume()`. */
  pause(): void;
  resume(): void;
  /** Like `kill -9`: drops every connection. Resolves when the port is free. */
  kill(): Promise<void>;
  /** Like `core stop now` (or `restart`): `Shutdown`, then FIN. Resolves when the port is free. */
  close(options?: { restart?: boolean }): Promise<void>;
}

/** A user of manager.conf. */
export interface DemoUser {
  username: string;
  secret: string;
  /** Classes, or `all`. */
  read: readonly string[];
  write: readonly string[];
  /** Regular expressions as in manager.conf; `!` before one drops matching events. */
  eventfilter?: readonly string[];
  /** The user's access list rejects every address. */
  deny?: boolean;
}
