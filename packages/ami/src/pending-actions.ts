import { randomUUID } from 'node:crypto';
import { parseHeaders } from './message.ts';
import type { AmiAction, AmiBlock, AmiEvent, AmiFields, AmiProfile, AmiResult } from './types.ts';

export interface ActionReply {
  readonly response: AmiFields;
  /** Of a profile that trusts events. */
  readonly items: readonly AmiEvent[];
  /** Of one that trusts replies alone. */
  readonly blocks: readonly AmiBlock[];
  /** Of a list: milliseconds from its response to its end, which is the time of both ends without the line's round trip. */
  readonly arrivalMs: number;
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
  readonly blocks: AmiBlock[];
  readonly size: { bytes: number; lines: number };
  response: AmiFields | undefined;
  respondedAt: number;
  readonly settle: (result: AmiResult<ActionReply>) => void;
}

export function createPendingActions(profile: AmiProfile) {
  const pendingActions = new Map<string, PendingAction>();
  let lastReplyAt = 0;
  const buffered = { bytes: 0, lines: 0 };

  function respond(pendingAction: PendingAction, response: AmiFields): void {
    pendingAction.response = response;
    pendingAction.respondedAt = lastReplyAt;
    const { isList } = pendingAction;
    if (response['response']?.toLowerCase() === 'error') pendingAction.settle(errorResult(response));
    else if (!isList) succeed(pendingAction);
  }

  function succeed({ response = {}, items, blocks, respondedAt, settle }: PendingAction): void {
    settle({ ok: true, value: { response, items, blocks, arrivalMs: lastReplyAt - respondedAt } });
  }

  function count({ size: ofAction }: PendingAction, { bytes, lines }: Size): void {
    for (const size of [ofAction, buffered]) {
      size.bytes += bytes;
      size.lines += lines;
    }
  }

  const isWithinLimit = () =>
    buffered.bytes <= MAX_LIST_BUFFER.bytes && buffered.lines <= MAX_LIST_BUFFER.lines;

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
          blocks: [],
          size: { bytes: 0, lines: 0 },
          response: undefined,
          respondedAt: 0,
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
    receive(actionId: string, fields: AmiFields, size: Size): boolean {
      const pendingAction = pendingActions.get(actionId);
      if (pendingAction === undefined) return true;
      lastReplyAt = performance.now();
      switch (partOf(fields, pendingAction)) {
        case 'response':
          respond(pendingAction, fields);
          break;
        case 'end':
          succeed(pendingAction);
          break;
        case 'item':
          pendingAction.items.push({ name: fields['event'] ?? '', fields });
          count(pendingAction, size);
      }
      return isWithinLimit();
    },
    /** As `receive`, for lists in whose items anything may be typed. */
    receiveBlock(actionId: string, block: AmiBlock, size: Size): boolean {
      const pendingAction = pendingActions.get(actionId);
      if (pendingAction === undefined) return true;
      lastReplyAt = performance.now();
      const { blocks, settle } = pendingAction;
      switch (partOfBlock(block, actionId, pendingAction)) {
        case 'response':
          respond(pendingAction, parseHeaders(block));
          break;
        case 'end':
          if (parseHeaders(block)['listitems'] === String(blocks.length)) succeed(pendingAction);
          else
            settle({
              ok: false,
              code: 'incomplete',
              message: 'The list has other items than its end counts.',
            });
          break;
        case 'item':
          blocks.push(block);
          count(pendingAction, size);
      }
      return isWithinLimit();
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

/** Anything may be typed in front of an ActionID that comes last: responses and ends have theirs in the second line. */
function partOfBlock(block: AmiBlock, actionId: string, { name, response }: PendingAction): Part {
  const [first = '', second, third] = block;
  if (second !== `ActionID: ${actionId}`) return 'item';
  if (response === undefined && first.startsWith('Response: ')) return 'response';
  return first === `Event: ${name}Complete` && third === 'EventList: Complete' ? 'end' : 'item';
}

function errorResult(fields: AmiFields): AmiResult<never> {
  const message = fields['message'] ?? 'Asterisk answered Error.';
  const isPermissionDenied = message.toLowerCase() === 'permission denied';
  return { ok: false, code: isPermissionDenied ? 'permission-denied' : 'rejected', message };
}
