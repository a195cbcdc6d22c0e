import { extensionId, type Phone } from '@lampboard/protocol';
import type { AmiClient, AmiResult } from '@lampboard/ami';
import { type Entry, dndDevices, lampFromDeviceStates, parseHint, phoneDevices } from '@lampboard/model';
import { getvar } from './getvar.ts';

const MAX_CONCURRENT_READS = 32;
const UNKNOWN = 'UNKNOWN';
const ON_STATES = ['BUSY', 'INUSE', 'RINGING', 'RINGINUSE', 'ONHOLD'];

/** FreePBX's custom devices: of an extension's number (`Custom:CF1101`), or of a device (`Custom:DEVCF1101`). */
const FEATURE = /^custom:(dnd|cf|devdnd|devcf|followme)(.+)$/iu;

/** Devices of one person or room, as the hint writes them. */
interface PhoneDevices {
  readonly id: string;
  readonly exten: string;
  readonly phones: readonly string[];
  /** Names of the phones, such as `1101` of `PJSIP/1101`. */
  readonly names: readonly string[];
  /** “Do not disturb” in the hint. */
  readonly dnd: readonly string[];
  /** Whose state the hint has: its phones' alone, that of phones joined with other devices, or no phone's. */
  readonly lampOf: 'phones' | 'joined' | 'no-phone';
}

const NO_DEVICES: Omit<PhoneDevices, 'id'> = {
  exten: '',
  phones: [],
  names: [],
  dnd: [],
  lampOf: 'no-phone',
};

/** States of phones behind the lamps: of those that share a hint with other devices, and features that are on. */
export type Phones = ReturnType<typeof createPhones>;

export function createPhones({ ami, pbxId }: { ami: Pick<AmiClient, 'send' | 'list'>; pbxId: string }) {
  /** What numbers are forwarded to, where the account may read it. */
  let forwardTargets = new Map<string, string>();
  /** By the key of a device. */
  let states = new Map<string, string>();
  /** Events that came while the devices were listed, and are newer than the list. */
  let newer: Map<string, string> | null = null;
  let devicesById: ReadonlyMap<string, PhoneDevices> = new Map();
  /** Extensions by device, and by what a feature's device is named after. */
  let idsByKey: ReadonlyMap<string, readonly string[]> = new Map();
  /** Extensions whose lamp does not tell all, since the last list. */
  const followed = new Set<string>();

  function set(device: string, state: string): void {
    states.set(keyOf(device), state);
    newer?.set(keyOf(device), state);
  }

  /** Reads devices in batches that leave Asterisk room for other clients. */
  async function readDevices(devices: readonly string[]): Promise<AmiResult<Map<string, string>>> {
    const read = new Map<string, string>();
    for (let index = 0; index < devices.length; index += MAX_CONCURRENT_READS) {
      const batch = devices.slice(index, index + MAX_CONCURRENT_READS);
      const responses = await Promise.all(batch.map((device) => getvar(ami, `DEVICE_STATE(${device})`)));
      for (const [offset, response] of responses.entries()) {
        if (!response.ok) return response;
        read.set(keyOf(batch[offset] ?? ''), response.value);
      }
    }
    return { ok: true, value: read };
  }

  /** Lists all devices, and reads the phones that are in no list, such as those without an endpoint. */
  async function loadStates(phones: readonly string[]): Promise<AmiResult<Map<string, string>>> {
    const listed = await ami.list({ Action: 'DeviceStateList' });
    if (!listed.ok) return listed;
    const loaded = new Map(
      listed.value.map(({ fields }) => [keyOf(fields['device'] ?? ''), fields['state'] ?? UNKNOWN]),
    );
    const unlisted = await readDevices(phones.filter((device) => !loaded.has(keyOf(device))));
    return unlisted.ok ? { ok: true, value: new Map([...loaded, ...unlisted.value]) } : unlisted;
  }

  const stateOf = (device: string) => states.get(keyOf(device)) ?? UNKNOWN;
  const isOn = (device: string) => ON_STATES.includes(stateOf(device));

  function phoneOf({ exten, phones, names, dnd, lampOf }: PhoneDevices): Phone {
    const isAnyOn = (prefix: string) => names.some((name) => isOn(`custom:${prefix}${name}`));
    const isForwarded = isOn(`custom:cf${exten}`) || isAnyOn('devcf');
    const forwardedTo = isForwarded ? forwardTargets.get(exten) : undefined;
    const isFollowMe = isOn(`custom:followme${exten}`) || isAnyOn('followme');
    return {
      ...(lampOf === 'joined' && { lamp: lampFromDeviceStates(phones.map(stateOf)) }),
      ...(lampOf === 'no-phone' && { lamp: null }),
      dnd: dnd.some(isOn) || isOn(`custom:dnd${exten}`) || isAnyOn('devdnd'),
      ...(isForwarded && { forwarded: true }),
      ...(forwardedTo !== undefined && { forwardedTo }),
      ...(isFollowMe && { followMe: true }),
    };
  }

  /** Returns the phone of an entry, as its extension has it. */
  function listedPhone(devices: PhoneDevices): Phone | null | undefined {
    const phone = phoneOf(devices);
    const isShown = devices.lampOf === 'joined' || phone.dnd || phone.forwarded || phone.followMe;
    if (isShown) followed.add(devices.id);
    return isShown ? phone : devices.lampOf === 'no-phone' ? null : undefined;
  }

  function idsOf(device: string): readonly string[] {
    const subject = FEATURE.exec(device)?.[2];
    const ids = [keyOf(device), subject === undefined ? '' : subjectKey(subject)].flatMap(
      (key) => idsByKey.get(key) ?? [],
    );
    return [...new Set(ids)];
  }

  /** Returns a device as Asterisk stores it: the store of custom devices is case-sensitive, an event may be forged. */
  function spellingOf(device: string): string | null {
    const [, feature = '', subject = ''] = FEATURE.exec(device) ?? [];
    for (const id of idsOf(device)) {
      const { exten, phones, names, dnd } = devicesById.get(id) ?? NO_DEVICES;
      const same = (text: string) => (other: string) => keyOf(other) === keyOf(text);
      const known = [...phones, ...dnd].find(same(device));
      if (known !== undefined) return known;
      const named = [exten, ...names].find(same(subject));
      if (named !== undefined) return `Custom:${feature.toUpperCase()}${named}`;
    }
    return null;
  }

  function update(device: string, state: string): ReturnType<typeof shownPhones> {
    const ids = idsOf(device);
    // While the first list is loading, no device is known yet.
    if (ids.length > 0 || newer !== null) set(device, state);
    const forwarded = forwardedNumber(device);
    if (forwarded !== null) forwardTargets.delete(forwarded);
    return shownPhones(ids);
  }

  function shownPhones(ids: readonly string[]): readonly (readonly [id: string, phone: Phone])[] {
    return ids.flatMap((id) => {
      const devices = devicesById.get(id);
      if (devices === undefined) return [];
      const phone = listedPhone(devices);
      return phone || followed.has(id) ? [[id, phone ?? phoneOf(devices)] as const] : [];
    });
  }

  return {
    /** Extensions whose phones or features the board shows beside the lamp. */
    followed: (): ReadonlySet<string> => followed,
    /** True for a device that is a phone or a feature of an extension. */
    isKnown: (device: string): boolean => spellingOf(device) !== null,
    /** Takes a state from a trusted event; returns the phones that it changes, by extension. */
    update,
    /** True for a call forward that is on: its target is to be read. */
    hasTarget: (device: string): boolean =>
      isOn(device) && forwardedNumber(spellingOf(device) ?? '') !== null,
    /** Reads one known device, and returns the phones that it changes, by extension. */
    async readDevice(device: string): Promise<AmiResult<ReturnType<typeof update>>> {
      const spelling = spellingOf(device);
      if (spelling === null) return { ok: true, value: [] };
      const state = await getvar(ami, `DEVICE_STATE(${spelling})`);
      if (!state.ok) return state;
      update(spelling, state.value);
      const forwarded = forwardedNumber(spelling);
      const target =
        forwarded !== null && isOn(spelling) && (await readForwardTargets(ami, forwarded)).get(forwarded);
      if (forwarded !== null && target) forwardTargets.set(forwarded, target);
      return { ok: true, value: shownPhones(idsOf(spelling)) };
    },
    /** Reads the phones of one extension (`Getvar` of `DEVICE_STATE()`, class `call`); null if it has none. */
    async read(id: string): Promise<AmiResult<Phone | null>> {
      const devices = devicesById.get(id);
      if (devices === undefined) return { ok: true, value: null };
      const result = await readDevices([...devices.phones, ...devices.dnd]);
      if (!result.ok) return result;
      for (const [device, state] of result.value) set(device, state);
      return { ok: true, value: phoneOf(devices) };
    },
    /** Returns the entries with their phones, from one list of devices. */
    async ofAll(entries: readonly Entry[]): Promise<AmiResult<readonly Entry[]>> {
      const all = new Map(entries.map((entry) => [entry, devicesOf(entry, pbxId)]));
      const people = [...all.values()].filter((devices) => devices !== null);
      newer = new Map();
      const joined = people.filter(({ lampOf }) => lampOf === 'joined').flatMap(({ phones }) => phones);
      const loaded = await loadStates([...new Set(joined)]);
      const during = newer;
      newer = null;
      if (!loaded.ok) return loaded;
      states = new Map([...loaded.value, ...during]);
      devicesById = new Map(people.map((devices) => [devices.id, devices]));
      idsByKey = indexIds(people);
      const isAnyForwarded = [...states.keys()].some((key) => forwardedNumber(key) !== null && isOn(key));
      if (isAnyForwarded) forwardTargets = await readForwardTargets(ami);
      followed.clear();
      const value = [...all].map(([entry, devices]) => ({
        ...entry,
        phone: devices === null ? null : listedPhone(devices),
      }));
      return { ok: true, value };
    },
  };
}

/** Returns the devices of a person or a room; null for other entries. */
function devicesOf(entry: Entry, pbxId: string): PhoneDevices | null {
  if (entry.kind !== 'person' && entry.kind !== 'room') return null;
  const hint = parseHint(entry.hint);
  const phones = phoneDevices(hint);
  return {
    id: extensionId(entry.exten, entry.context, pbxId),
    exten: entry.exten,
    phones,
    names: phones.map((device) => device.slice(device.indexOf('/') + 1)),
    dnd: dndDevices(hint),
    lampOf: phones.length === 0 ? 'no-phone' : phones.length < hint.devices.length ? 'joined' : 'phones',
  };
}

/** Asterisk's device names are case-insensitive. */
const keyOf = (device: string) => device.toLowerCase();
const subjectKey = (name: string) => `feature ${keyOf(name)}`;

function indexIds(all: Iterable<PhoneDevices>): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, exten, phones, names, dnd } of all) {
    for (const key of new Set([...[...phones, ...dnd].map(keyOf), ...[exten, ...names].map(subjectKey)])) {
      const others = ids.get(key);
      if (others === undefined) ids.set(key, [id]);
      else others.push(id);
    }
  }
  return ids;
}

/** FreePBX's device of a number whose calls are forwarded. */
const FORWARDED = /^custom:cf(.+)$/iu;
const forwardedNumber = (device: string): string | null => FORWARDED.exec(device)?.[1] ?? null;

const TARGETS = 'CF';
const TARGET_KEY = new RegExp(`^/${TARGETS}/([^/\\n]+)$`, 'u');
/** What can be dialled; other text is no target. */
const TARGET = /^[+*#\d]{1,40}$/u;

/**
 * Reads what calls are forwarded to, by number, from AstDB (`DBGetTree`, class `system` or `reporting`); nothing without
 * that right. `number`: of one, else of all.
 */
async function readForwardTargets(
  ami: Pick<AmiClient, 'list'>,
  number?: string,
): Promise<Map<string, string>> {
  const key = number === undefined ? {} : { Key: number };
  const entries = await ami.list({ Action: 'DBGetTree', Family: TARGETS, ...key });
  const targets = (entries.ok ? entries.value : []).flatMap(({ fields }) => {
    const forwarded = TARGET_KEY.exec(fields['key'] ?? '')?.[1];
    const target = fields['val'] ?? '';
    return forwarded !== undefined && TARGET.test(target) ? [[forwarded, target] as const] : [];
  });
  return new Map(targets);
}
