import { randomUUID } from 'node:crypto';
import type { AmiAction, AmiEvent, AmiFields, AmiProfile, AmiResult } from './types.ts';

export interface ActionReply {
  readonly response: AmiFields;
  readonly items: readonly AmiEvent[];
}

/** Limit of all incomplete lists together: more than 100,000 items of usual length. */
export const MAX_LIST_BUFFER: Size = { bytes: 32 * 1024 * 1024, lines: 1_000_000 };

export interface Size {
  readonly bytes: number;
  readonly lines: number;
}

interface PendingAction {
  readonly name: string;
  readonly isList: boolean;
  readonly echoesUserText: boolean;
  readonly items: AmiEvent[];
  readonly size: { bytes: number; lines: number };
  response: AmiFields | undefined;
  readonly settle: (result: AmiResult<ActionReply>) => void;
}

export function createPendingActions(profile: AmiProfile) {
  const pendingActions = new Map<string, PendingAction>();
  let lastReplyAt = 0;
  const buffered = { bytes: 0, lines: 0 };

  return {
    /**
     * Registers an action under an unguessable id. It times out once Asterisk, which answers a session's actions in
     * order, has answered none of them for `timeoutMs`.
     */
    add(action: AmiAction, timeoutMs: number, isList = false) {
      const actionId: string = randomUUID();
      const reply = new Promise<AmiResult<ActionReply>>((resolve) => {
        const message = `Asterisk did not answer ${action['Action']} within ${timeoutMs} ms.`;
        const sentAt = performance.now();
        let timer = setTimeout(checkTimeout, timeoutMs);
        function checkTimeout() {
          const remainingMs = Math.max(sentAt, lastReplyAt) + timeoutMs - performance.now();
          if (remainingMs > 0) timer = setTimeout(checkTimeout, remainingMs);
          else settle({ ok: false, code: 'timeout', message });
        }
        function settle(result: AmiResult<ActionReply>) {
          clearTimeout(timer);
          const size = pendingActions.get(actionId)?.size;
          buffered.bytes -= size?.bytes ?? 0;
          buffered.lines -= size?.lines ?? 0;
          pendingActions.delete(actionId);
          resolve(result);
        }
        pendingActions.set(actionId, {
          name: action['Action'] ?? '',
          isList,
          echoesUserText: profile.trusts === 'events' && profile.echoesUserText(action),
          items: [],
          size: { bytes: 0, lines: 0 },
          response: undefined,
          settle,
        });
      });
      return { actionId, reply };
    },
    has: (actionId: string) => pendingActions.has(actionId),
    echoesUserText: (actionId: string) => pendingActions.get(actionId)?.echoesUserText ?? false,
    listsUserText(actionId: string) {
      const pendingAction = pendingActions.get(actionId);
      return pendingAction !== undefined && pendingAction.isList && pendingAction.echoesUserText;
    },
    /** True between the response to a list action and its end. */
    isListArriving() {
      for (const { isList, response } of pendingActions.values())
        if (isList && response !== undefined) return true;
      return false;
    },
    /** Handles a response or a list item. Returns false over {@link MAX_LIST_BUFFER}: disconnect. */
    receive(actionId: string, fields: AmiFields, { bytes, lines }: Size): boolean {
      const pendingAction = pendingActions.get(actionId);
      if (pendingAction === undefined) return true;
      lastReplyAt = performance.now();
      const { response = {}, items, settle } = pendingAction;
      const part =
        profile.trusts === 'events'
          ? partOf(fields, pendingAction)
          : orderedPartOf(fields, actionId, pendingAction);
      switch (part) {
        case 'response':
          pendingAction.response = fields;
          if (fields['response']?.toLowerCase() === 'error') settle(errorResult(fields));
          else if (!pendingAction.isList) settle({ ok: true, value: { response: fields, items: [] } });
          break;
        case 'end':
          settle(
            profile.trusts === 'replies' && fields['listitems'] !== String(items.length)
              ? { ok: false, code: 'incomplete', message: 'The list has other items than its end counts.' }
              : { ok: true, value: { response, items } },
          );
          break;
        case 'item':
          items.push({ name: fields['event'] ?? '', fields });
          for (const size of [pendingAction.size, buffered]) {
            size.bytes += bytes;
            size.lines += lines;
          }
      }
      return buffered.bytes <= MAX_LIST_BUFFER.bytes && buffered.lines <= MAX_LIST_BUFFER.lines;
    },
    /** Fails all pending actions with `connection-lost`. */
    rejectAll(message: string) {
      for (const pendingAction of pendingActions.values())
        pendingAction.settle({ ok: false, code: 'connection-lost', message });
    },
  };
}

type Part = 'response' | 'item' | 'end';

/** User text with CRLF can put headers into an item, but cannot rename its event. */
function partOf({ event, eventlist }: AmiFields, { echoesUserText }: PendingAction): Part {
  if (event === undefined) return 'response';
  const isEnd = eventlist?.toLowerCase() === 'complete' && (!echoesUserText || event.endsWith('Complete'));
  return isEnd ? 'end' : 'item';
}

/**
 * For lists in whose items anything may be typed in front of an ActionID that comes last: responses and ends of lists are
 * known by one that comes second.
 */
function orderedPartOf(fields: AmiFields, actionId: string, { name, response }: PendingAction): Part {
  const [first, second, third] = Object.keys(fields);
  if (second !== 'actionid' || fields['actionid'] !== actionId) return 'item';
  if (first === 'response') return response === undefined ? 'response' : 'item';
  const isEnd = first === 'event' && fields['event'] === `${name}Complete`;
  return isEnd && third === 'eventlist' && fields['eventlist'] === 'Complete' ? 'end' : 'item';
}

function errorResult(fields: AmiFields): AmiResult<never> {
  const message = fields['message'] ?? 'Asterisk answered Error.';
  const isPermissionDenied = message.toLowerCase() === 'permission denied';
  return { ok: false, code: isPermissionDenied ? 'permission-denied' : 'rejected', message };
}
