import { randomUUID } from 'node:crypto';
import type { AmiAction, AmiEvent, AmiFields, AmiResult } from './types.ts';

export interface Answer {
  readonly response: AmiFields;
  readonly items: readonly AmiEvent[];
}

interface Waiting {
  readonly isList: boolean;
  readonly isUnescaped: boolean;
  readonly items: AmiEvent[];
  response: AmiFields | undefined;
  readonly settle: (result: AmiResult<Answer>) => void;
}

export interface PendingActions {
  /** Gives the action an id that nobody can guess, and waits at most `timeoutMs` for its answer. */
  add(options: { action: AmiAction; isList: boolean; timeoutMs: number }): {
    actionId: string;
    answer: Promise<AmiResult<Answer>>;
  };
  has(actionId: string): boolean;
  isUnescaped(actionId: string): boolean;
  /** Takes a response, or an item of a list, that carries the id of a waiting action. */
  take(actionId: string, fields: AmiFields): void;
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

  return {
    add({ action, isList, timeoutMs }) {
      const actionId = randomUUID();
      const answer = new Promise<AmiResult<Answer>>((resolve) => {
        const timer = setTimeout(() => {
          settle({
            ok: false,
            code: 'timeout',
            message: `Asterisk did not answer ${action['Action']} within ${timeoutMs} ms.`,
          });
        }, timeoutMs);
        const settle = (result: AmiResult<Answer>) => {
          clearTimeout(timer);
          waiting.delete(actionId);
          resolve(result);
        };
        waiting.set(actionId, {
          isList,
          isUnescaped: repeatsText(action),
          items: [],
          response: undefined,
          settle,
        });
      });
      return { actionId, answer };
    },
    has: (actionId) => waiting.has(actionId),
    isUnescaped: (actionId) => waiting.get(actionId)?.isUnescaped ?? false,
    take(actionId, fields) {
      const entry = waiting.get(actionId);
      if (entry === undefined) return;
      const event = fields['event'];
      if (event === undefined) {
        entry.response = fields;
        if (fields['response']?.toLowerCase() === 'error') entry.settle(refusal(fields));
        else if (!entry.isList) entry.settle({ ok: true, value: { response: fields, items: [] } });
      } else if (fields['eventlist']?.toLowerCase() === 'complete') {
        entry.settle({ ok: true, value: { response: entry.response ?? {}, items: entry.items } });
      } else {
        entry.items.push({ name: event, fields });
      }
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
