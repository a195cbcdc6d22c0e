import type { DemoStore, PresenceSource } from './pbx/astdb.ts';
import type { DeviceState } from './pbx/device-state.ts';
import type { DemoHint } from './pbx/hint-registry.ts';
import type { Presence } from './pbx/presence-value.ts';

export interface DemoPbxOptions {
  hints: readonly DemoHint[];
  users: readonly DemoUser[];
  /** Address to listen on, 127.0.0.1 by default. */
  host?: string;
  /** Port to listen on; 0, the default, takes a free one. */
  port?: number;
  /** How long the boot takes, in ms. 0, the default: already booted. `Infinity`: until `finishBoot()`. */
  bootMs?: number;
  /** Presence and custom device states; hand in the same map again and they survive a restart. */
  store?: DemoStore;
}

export interface DemoPbx {
  readonly host: string;
  readonly port: number;
  /** Changes a device's state, its hints' lamps and what AMI sessions hear of it. */
  setDeviceState(device: string, state: DeviceState): void;
  deviceState(device: string): DeviceState;
  /** Sets a presence as an AMI client would with base64. Throws for a provider other than `CustomPresence:…`. */
  setPresence(provider: string, presence: Presence): void;
  /** What is stored for a provider, in full; `not_set` where there is nothing. */
  presence(provider: string): Presence;
  /** Who set it last; undefined where nobody has. Survives a restart with the store. */
  presenceSource(provider: string): PresenceSource | undefined;
  /** Like `dialplan reload`: every hint there now is says its status, the ones that are gone say nothing. */
  reload(hints: readonly DemoHint[]): void;
  /** Says this, as it is, to every session that may read class `call`: events, or bytes that are none. */
  injectRaw(text: string): void;
  /** How many are logged in. */
  sessions(): number;
  /** Ends a boot that `bootMs` holds up. */
  finishBoot(): void;
  /** A half-open link: connections stay and are accepted, but nothing is read or sent until `thaw()`. */
  pause(): void;
  resume(): void;
  /** Like `kill -9`: every connection ends at once, without a word. Resolves when the port is free. */
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
  /** Filters as in manager.conf: a regular expression, with `!` before it what matches is dropped. */
  eventfilter?: readonly string[];
  /** The address is refused by the user's access list, whatever the secret. */
  deny?: boolean;
}
