import { randomUUID } from 'node:crypto';
import type { AmiAction, AmiEvent, AmiFields, AmiResult } from './types.ts';

export interface Answer {
  readonly response: AmiFields;
  readonly items: readonly AmiEvent[];
}

/** So much of the lists that are arriving is kept: more than 100,000 hints, or presences. Each line costs by itself. */
export const MAX_WAITING: Size = { bytes: 32 * 1024 * 1024, lines: 1_000_000 };

/** Of what came over the wire. */
export interface Size {
  readonly bytes: number;
  readonly lines: number;
}

interface Waiting {
  readonly isList: boolean;
  readonly isUnescaped: boolean;
  readonly items: AmiEvent[];
  readonly size: { bytes: number; lines: number };
  response: AmiFields | undefined;
  readonly settle: (result: AmiResult<Answer>) => void;
}

export interface PendingActions {
  /**
   * Gives the action an id that nobody can guess. It fails once Asterisk, which answers a session's actions in turn, has
   * answered none of them for `timeoutMs`: behind a long list on a slow line an answer may be late.
   */
  add(options: { action: AmiAction; isList: boolean; timeoutMs: number }): {
    actionId: string;
    answer: Promise<AmiResult<Answer>>;
  };
  has(actionId: string): boolean;
  isUnescaped(actionId: string): boolean;
  /**
   * Takes a response, or an item of a list, that carries the id of a waiting action. False: the lists that are arriving
   * are over {@link MAX_WAITING}; give the link up.
   */
  take(actionId: string, fields: AmiFields, size: Size): boolean;
  /** Fails everything that still waits: what is in flight when the link drops is never answered. */
  rejectAll(message: string): void;
}

/** Getvar without option `e`, and PresenceState, repeat what somebody typed as it is. */
function repeatsText(action: AmiAction): boolean {
  const name = action['Action']?.toLowerCase();
  return name === 'presencestate' || (name === 'getvar' && !action['Variable']?.endsWith(',e)'));
}

export function createPendingActions(): PendingActions {
  const waiting = new Map<string, Waiting>();
  let answeredAt = 0;
  const arriving = { bytes: 0, lines: 0 };

  return {
    add({ action, isList, timeoutMs }) {
      const actionId = randomUUID();
      const answer = new Promise<AmiResult<Answer>>((resolve) => {
        const message = `Asterisk did not answer ${action['Action']} within ${timeoutMs} ms.`;
        const sentAt = performance.now();
        let timer = setTimeout(giveUp, timeoutMs);
        function giveUp() {
          const left = Math.max(sentAt, answeredAt) + timeoutMs - performance.now();
          if (left > 0) timer = setTimeout(giveUp, left);
          else settle({ ok: false, code: 'timeout', message });
        }
        function settle(result: AmiResult<Answer>) {
          clearTimeout(timer);
          const size = waiting.get(actionId)?.size;
          arriving.bytes -= size?.bytes ?? 0;
          arriving.lines -= size?.lines ?? 0;
          waiting.delete(actionId);
          resolve(result);
        }
        waiting.set(actionId, {
          isList,
          isUnescaped: repeatsText(action),
          items: [],
          size: { bytes: 0, lines: 0 },
          response: undefined,
          settle,
        });
      });
      return { actionId, answer };
    },
    has: (actionId) => waiting.has(actionId),
    isUnescaped: (actionId) => waiting.get(actionId)?.isUnescaped ?? false,
    take(actionId, fields, { bytes, lines }) {
      const entry = waiting.get(actionId);
      if (entry === undefined) return true;
      answeredAt = performance.now();
      const event = fields['event'];
      if (event === undefined) {
        entry.response = fields;
        if (fields['response']?.toLowerCase() === 'error') entry.settle(refusal(fields));
        else if (!entry.isList) entry.settle({ ok: true, value: { response: fields, items: [] } });
      } else if (fields['eventlist']?.toLowerCase() === 'complete') {
        entry.settle({ ok: true, value: { response: entry.response ?? {}, items: entry.items } });
      } else {
        entry.items.push({ name: event, fields });
        for (const size of [entry.size, arriving]) {
          size.bytes += bytes;
          size.lines += lines;
        }
      }
      return arriving.bytes <= MAX_WAITING.bytes && arriving.lines <= MAX_WAITING.lines;
    },
    rejectAll(message) {
      for (const entry of waiting.values()) entry.settle({ ok: false, code: 'connection-lost', message });
    },
  };
}

function refusal(fields: AmiFields): AmiResult<never> {
  const message = fields['message'] ?? 'Asterisk answered Error.';
  const denied = message.toLowerCase() === 'permission denied';
  return { ok: false, code: denied ? 'permission-denied' : 'refused', message };
}
