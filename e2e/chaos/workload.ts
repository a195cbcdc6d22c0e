import { setTimeout as delay } from 'node:timers/promises';
import { SETTABLE_STATES, type SettableState, extensionId } from '@lampboard/protocol';
import { AVAILABLE_CODE, DND_CODE } from '../testkit/asterisk/asterisk-config.ts';
import { CALL_NUMBERS } from '../testkit/asterisk/calls-config.ts';
import type { RealAsterisk } from '../testkit/asterisk/start-asterisk.ts';
import type { Phone } from '../testkit/phones/start-phone.ts';
import type { EditLedger } from './edit-ledger.ts';
import type { Action } from './plan.ts';
import type { EditingClient } from './chaos-clients.ts';

/** 1101 to 1106 have phones. */
const EDITED = ['1101', '1102', '1103', '1104', '1105', '1106', '600', '601', '701', '702', '703'];
const LAMPS = ['600', '701', '702', '703', '704', '705', '706', '2001'];
const DEVICE_STATES = ['NOT_INUSE', 'INUSE', 'BUSY', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD'];
/** Numbers that one phone alone calls. */
const SERVICES = [
  CALL_NUMBERS.conference,
  CALL_NUMBERS.emptyQueue,
  CALL_NUMBERS.menu,
  CALL_NUMBERS.earlyMedia,
];
const CONCURRENT_EDITS = 4;
const RING_MS = 800;
const TALK_MS = 2500;

interface WorkloadOptions {
  pbxId: string;
  asterisk: Pick<RealAsterisk, 'setLamp' | 'setPresence'>;
  phones: readonly Phone[];
  clients: readonly EditingClient[];
  ledger: EditLedger;
}

/** Edits, calls and changes of one PBX. */
export function createWorkload({ pbxId, asterisk, phones, clients, ledger }: WorkloadOptions) {
  const running = new Set<Promise<void>>();
  const busy = new Set<Phone>();
  let count = 0;

  async function edit(client: EditingClient, exten: string, state: SettableState): Promise<void> {
    const token = `${pbxId}e${(count += 1)}`;
    const sentAt = performance.now();
    const answer = client.edit(extensionId(exten, 'default', pbxId), {
      state,
      subtype: client.name,
      message: token,
    });
    if (answer === null) return;
    ledger.sent(token, sentAt);
    const { kind, code } = await answer;
    ledger.answered(token, performance.now(), kind, code);
  }

  /** Runs a call among these phones unless one of them is in another; then all hang up. */
  async function among(parties: readonly Phone[], run: () => Promise<void>): Promise<void> {
    if (new Set(parties).size < parties.length || parties.some((phone) => busy.has(phone))) return;
    parties.forEach((phone) => busy.add(phone));
    try {
      await run();
    } finally {
      await Promise.allSettled(parties.map((phone) => phone.hangUpAll()));
      parties.forEach((phone) => busy.delete(phone));
    }
  }

  const call = (caller: Phone, callee: Phone, rings: number, talks: number) =>
    among([caller, callee], async () => {
      await caller.dial(callee.extension);
      await delay(rings * RING_MS);
      if (talks > 0.3) await callee.accept();
      if (talks > 0.7) await caller.hold();
      await delay(talks * TALK_MS);
    });

  const transfer = (caller: Phone, callee: Phone, third: Phone) =>
    among([caller, callee, third], async () => {
      await caller.dial(callee.extension);
      await callee.answer();
      await callee.transfer(third.extension);
      await third.answer();
      await delay(TALK_MS / 2);
    });

  const park = (caller: Phone, callee: Phone, waits: number) =>
    among([caller, callee], async () => {
      await caller.dial(callee.extension);
      await callee.answer();
      await callee.transfer(CALL_NUMBERS.park);
      await delay(waits * TALK_MS);
    });

  const useService = (phone: Phone, service: string, stays: number) =>
    among([phone], async () => {
      await phone.dial(service);
      await delay(stays * TALK_MS);
    });

  async function run({ kind, randoms: [a, b, c, d] }: Action): Promise<void> {
    const state = pick(SETTABLE_STATES, c);
    switch (kind) {
      case 'edit':
        return edit(pick(clients, a), pick(EDITED, b), state);
      case 'concurrent edits': {
        const first = Math.floor(a * clients.length);
        const those = [...clients, ...clients].slice(first, first + CONCURRENT_EDITS);
        await Promise.all(those.map((client) => edit(client, pick(EDITED, b), state)));
        return;
      }
      case 'phone': {
        const message = `t${(count += 1)}`;
        return asterisk.setPresence(`CustomPresence:${pick(EDITED, b)}`, { state, subtype: '', message });
      }
      case 'lamp':
        return asterisk.setLamp(`Custom:lamp${pick(LAMPS, a)}`, pick(DEVICE_STATES, b));
      case 'call':
        return call(pick(phones, a), pick(phones, b), c, d);
      case 'transfer':
        return transfer(pick(phones, a), pick(phones, b), pick(phones, c));
      case 'parking':
        return park(pick(phones, a), pick(phones, b), d);
      case 'service':
        return useService(pick(phones, a), pick(SERVICES, b), c);
      case 'code': {
        const phone = pick(phones, a);
        return busy.has(phone) ? undefined : phone.dial(b < 0.5 ? DND_CODE : AVAILABLE_CODE);
      }
    }
  }

  return {
    /** Starts an action without waiting; failures due to faults are ignored. */
    begin(action: Action) {
      const task = run(action)
        .catch(() => undefined)
        .finally(() => running.delete(task));
      running.add(task);
    },
    async over() {
      await Promise.all(running);
    },
  };
}

function pick<T>(list: readonly T[], random: number): T {
  const found = list[Math.floor(random * list.length)];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}
