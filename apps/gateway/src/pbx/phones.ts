import type { AmiClient, AmiResult } from '@lampboard/ami';
import {
  type Hint,
  type HintFact,
  dndDevices,
  extensionId,
  lampOfDevices,
  parseHint,
  telephonesOf,
} from '@lampboard/board';
import type { Phone } from '@lampboard/protocol';
import { getvar } from './getvar.ts';

const MAX_CONCURRENT_READS = 32;
/** A device of which nothing was ever told. */
const UNKNOWN = 'UNKNOWN';
const IS_ON = ['BUSY', 'INUSE', 'RINGING', 'RINGINUSE', 'ONHOLD'];

/** States by the device in lower case: Asterisk compares devices without regard to case. */
type DeviceStates = Map<string, string>;

/** What telephones do by themselves whose hint joins them with other devices, such as `PJSIP/1101&Custom:DND1101`. */
export interface Phones {
  /** Asks for those of one hint (`Getvar` of `DEVICE_STATE()`, class `call`). */
  read(hint: string): Promise<AmiResult<Phone>>;
  /** The same hints with their telephones, from one list of devices. */
  ofAll(hints: readonly HintFact[]): Promise<AmiResult<readonly HintFact[]>>;
  /** By extension the hints of the last list whose telephones only they themselves can tell. */
  joined(): ReadonlyMap<string, string>;
  /** Those among them of whose hint this device is a telephone, or its “do not disturb”. */
  joinedWith(device: string): readonly (readonly [extension: string, hint: string])[];
}

/** Whether only the telephones themselves can tell what they do. */
export function isJoined(hint: Hint): boolean {
  const telephones = telephonesOf(hint);
  return telephones.length > 0 && telephones.length < hint.devices.length;
}

export function createPhones({ ami }: { ami: Pick<AmiClient, 'send' | 'list'> }): Phones {
  let joinedHints: ReadonlyMap<string, string> = new Map();
  let joinedDevices: ReturnType<typeof byDevice> = new Map();

  /** Adds what these devices are; few at a time, so that Asterisk has room for others. */
  async function ask(devices: readonly string[], states: DeviceStates): Promise<AmiResult<null>> {
    for (let index = 0; index < devices.length; index += MAX_CONCURRENT_READS) {
      const batch = devices.slice(index, index + MAX_CONCURRENT_READS);
      const answers = await Promise.all(batch.map((device) => getvar(ami, `DEVICE_STATE(${device})`)));
      for (const [at, answer] of answers.entries()) {
        if (!answer.ok) return answer;
        states.set((batch[at] ?? '').toLowerCase(), answer.value);
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
    joined: () => joinedHints,
    joinedWith: (device) => joinedDevices.get(device.toLowerCase()) ?? [],
    async read(text) {
      const hint = parseHint(text);
      const states: DeviceStates = new Map();
      const asked = await ask([...telephonesOf(hint), ...dndDevices(hint)], states);
      return asked.ok ? { ok: true, value: phoneOf(hint, states) } : asked;
    },
    async ofAll(hints) {
      const parsed = new Map(hints.map((hint) => [hint, parseHint(hint.hint)]));
      const joined = [...parsed]
        .filter(([, hint]) => isJoined(hint))
        .map(([{ exten, context, hint }, parts]) => ({ id: extensionId(exten, context), hint, parts }));
      joinedHints = new Map(joined.map(({ id, hint }) => [id, hint]));
      joinedDevices = byDevice(joined);
      const listed: AmiResult<DeviceStates> =
        joined.length === 0 ? { ok: true, value: new Map() } : await listDevices();
      if (!listed.ok) return listed;
      const states = listed.value;
      // A custom device that is not listed was never set.
      const unlisted = joined
        .flatMap(({ parts }) => telephonesOf(parts))
        .filter((device) => !states.has(device.toLowerCase()));
      const asked = await ask([...new Set(unlisted)], states);
      if (!asked.ok) return asked;
      const value = [...parsed].map(([fact, hint]) => ({
        ...fact,
        phone: isJoined(hint) ? phoneOf(hint, states) : telephonesOf(hint).length === 0 ? null : undefined,
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
  const found = new Map<string, (readonly [string, string])[]>();
  for (const { id, hint, parts } of hints) {
    const devices = [...telephonesOf(parts), ...dndDevices(parts)].map((device) => device.toLowerCase());
    for (const device of new Set(devices)) {
      const others = found.get(device);
      if (others === undefined) found.set(device, [[id, hint]]);
      else others.push([id, hint]);
    }
  }
  return found;
}

function phoneOf(hint: Hint, states: DeviceStates): Phone {
  const statesOf = (devices: readonly string[]) =>
    devices.map((device) => states.get(device.toLowerCase()) ?? UNKNOWN);
  return {
    lamp: lampOfDevices(statesOf(telephonesOf(hint))),
    dnd: statesOf(dndDevices(hint)).some((state) => IS_ON.includes(state)),
  };
}
