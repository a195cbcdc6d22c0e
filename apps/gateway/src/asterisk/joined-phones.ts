import { extensionId, type Phone } from '@lampboard/protocol';
import type { AmiClient, AmiResult } from '@lampboard/ami';
import {
  type Hint,
  type HintState,
  dndDevices,
  lampFromDeviceStates,
  parseHint,
  phoneDevices,
} from '@lampboard/model';
import { getvar } from './getvar.ts';

const MAX_CONCURRENT_READS = 32;
const UNKNOWN = 'UNKNOWN';
const ON_STATES = ['BUSY', 'INUSE', 'RINGING', 'RINGINUSE', 'ONHOLD'];

/** States by device in lower case: Asterisk's device names are case-insensitive. */
type DeviceStates = Map<string, string>;

/** States of phones that share a hint with other devices, such as `PJSIP/1101&Custom:DND1101`. */
export type JoinedPhones = ReturnType<typeof createJoinedPhones>;

/** True if a hint joins phones with other devices, so that its state is not the phones'. */
export function isJoined(hint: Hint): boolean {
  const phoneCount = phoneDevices(hint).length;
  return phoneCount > 0 && phoneCount < hint.devices.length;
}

export function createJoinedPhones({ ami, pbxId }: { ami: Pick<AmiClient, 'send' | 'list'>; pbxId: string }) {
  let joinedHints: ReadonlyMap<string, string> = new Map();
  let joinedDevices: ReturnType<typeof byDevice> = new Map();

  /** Adds the devices' states, in batches that leave Asterisk room for other clients. */
  async function readDevices(devices: readonly string[], states: DeviceStates): Promise<AmiResult<null>> {
    for (let index = 0; index < devices.length; index += MAX_CONCURRENT_READS) {
      const batch = devices.slice(index, index + MAX_CONCURRENT_READS);
      const responses = await Promise.all(batch.map((device) => getvar(ami, `DEVICE_STATE(${device})`)));
      for (const [offset, response] of responses.entries()) {
        if (!response.ok) return response;
        states.set((batch[offset] ?? '').toLowerCase(), response.value);
      }
    }
    return { ok: true, value: null };
  }

  async function listDevices(): Promise<AmiResult<DeviceStates>> {
    const listed = await ami.list({ Action: 'DeviceStateList' });
    if (!listed.ok) return listed;
    const states = listed.value.map(
      ({ fields }) => [(fields['device'] ?? '').toLowerCase(), fields['state'] ?? UNKNOWN] as const,
    );
    return { ok: true, value: new Map(states) };
  }

  return {
    /** Joined hints of the last list by extension. */
    joined: (): ReadonlyMap<string, string> => joinedHints,
    /** Returns the joined hints that have this device as a phone or as “do not disturb”. */
    joinedWith: (device: string): readonly (readonly [extension: string, hint: string])[] =>
      joinedDevices.get(device.toLowerCase()) ?? [],
    /** Reads the phones of one hint (`Getvar` of `DEVICE_STATE()`, class `call`). */
    async read(text: string): Promise<AmiResult<Phone>> {
      const hint = parseHint(text);
      const states: DeviceStates = new Map();
      const result = await readDevices([...phoneDevices(hint), ...dndDevices(hint)], states);
      return result.ok ? { ok: true, value: phoneOf(hint, states) } : result;
    },
    /** Returns the hints with their phones, from one list of devices. */
    async ofAll(hints: readonly HintState[]): Promise<AmiResult<readonly HintState[]>> {
      const parsed = new Map(hints.map((hint) => [hint, parseHint(hint.hint)]));
      const joined = [...parsed]
        .filter(([, hint]) => isJoined(hint))
        .map(([{ exten, context, hint }, parts]) => {
          return { id: extensionId(exten, context, pbxId), hint, parts };
        });
      joinedHints = new Map(joined.map(({ id, hint }) => [id, hint]));
      joinedDevices = byDevice(joined);
      const listed: AmiResult<DeviceStates> =
        joined.length === 0 ? { ok: true, value: new Map() } : await listDevices();
      if (!listed.ok) return listed;
      const states = listed.value;
      // An unlisted custom device was never set.
      const unlisted = joined
        .flatMap(({ parts }) => phoneDevices(parts))
        .filter((device) => !states.has(device.toLowerCase()));
      const result = await readDevices([...new Set(unlisted)], states);
      if (!result.ok) return result;
      const value = [...parsed].map(([fact, hint]) => ({
        ...fact,
        phone: isJoined(hint) ? phoneOf(hint, states) : phoneDevices(hint).length === 0 ? null : undefined,
      }));
      return { ok: true, value };
    },
  };
}

interface JoinedHint {
  readonly id: string;
  readonly hint: string;
  readonly parts: Hint;
}

function byDevice(hints: readonly JoinedHint[]): Map<string, (readonly [extension: string, hint: string])[]> {
  const hintsByDevice = new Map<string, (readonly [string, string])[]>();
  for (const { id, hint, parts } of hints) {
    const devices = [...phoneDevices(parts), ...dndDevices(parts)].map((device) => device.toLowerCase());
    for (const device of new Set(devices)) {
      const others = hintsByDevice.get(device);
      if (others === undefined) hintsByDevice.set(device, [[id, hint]]);
      else others.push([id, hint]);
    }
  }
  return hintsByDevice;
}

function phoneOf(hint: Hint, states: DeviceStates): Phone {
  const statesOf = (devices: readonly string[]) =>
    devices.map((device) => states.get(device.toLowerCase()) ?? UNKNOWN);
  return {
    lamp: lampFromDeviceStates(statesOf(phoneDevices(hint))),
    dnd: statesOf(dndDevices(hint)).some((state) => ON_STATES.includes(state)),
  };
}
