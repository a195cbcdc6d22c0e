import { parseHeaders, pickHeaders } from './message.ts';
import type { AmiEvent, AmiFields, EventSubscription, ReplyProfile } from './types.ts';

const CR = 13;
const LINE_END = Buffer.from('\r\n');
const ACTION_ID = Buffer.from('\r\nActionID: ');

interface TrustFilterOptions {
  readonly subscriptions: readonly EventSubscription[];
  readonly isPending: (actionId: string) => boolean;
  /** True for actions whose reply contains unescaped user text. */
  readonly echoesUserText: (actionId: string) => boolean;
  /** True for actions whose reply is a list of such text; its items end in the ActionID. */
  readonly listsUserText: (actionId: string) => boolean;
}

/** `reply`: to a pending action, or an item of its list. `untrusted`: an event that a user may have forged. */
type Verdict = 'reply' | 'trusted' | 'untrusted' | 'ignored';

/**
 * Classifies blocks. A reply or list item is trusted by its unguessable ActionID, an event by its name while the stream
 * is not tainted. Asterisk relays much user text unescaped, such as caller IDs, and CRLF CRLF in one forges a block: any
 * other event, and any truncated block, taints the stream until the next reply. An item of user text that is cut ends in
 * the first block with its ActionID, which is dropped with all between.
 */
export function createTrustFilter(options: TrustFilterOptions) {
  const { subscriptions, isPending, echoesUserText, listsUserText } = options;
  const patterns = subscriptions.map(toPattern);
  const patternOf = (block: Buffer) => patterns.find(({ firstLine }) => startsWithLine(block, firstLine));
  let tainted = false;
  /** ActionID of the list of user text that is arriving: Asterisk sends nothing between its items. */
  let textList: string | undefined;
  let isItemCut = false;

  return (block: Buffer): Verdict => {
    const actionId = actionIdOf(block);
    if (actionId !== undefined && isPending(actionId)) {
      tainted = echoesUserText(actionId) || isTruncated(block, patternOf(block));
      const isForged = isItemCut && actionId === textList;
      isItemCut = false;
      textList = listsUserText(actionId) ? actionId : undefined;
      return isForged ? 'ignored' : 'reply';
    }
    isItemCut = textList !== undefined && isPending(textList) && !endsWith(block, `ActionID: ${textList}`);
    // An ActionID that is not pending belongs to a late reply, or is forged.
    const pattern = actionId === undefined ? patternOf(block) : undefined;
    if (pattern === undefined || isTruncated(block, pattern) || isSpoofable(block, pattern)) {
      tainted = true;
      return 'ignored';
    }
    return tainted ? 'untrusted' : 'trusted';
  };
}

/**
 * Returns the pending ActionID of a block, where it is the second or the last header, as Asterisk sends it: for profiles that
 * trust replies alone.
 */
export function pendingIdOf(block: Buffer, isPending: (actionId: string) => boolean): string | undefined {
  const last = block.lastIndexOf(LINE_END);
  for (const start of [block.indexOf(LINE_END), last]) {
    const from = start + ACTION_ID.length;
    if (start === -1 || !block.subarray(start, from).equals(ACTION_ID)) continue;
    const end = start === last ? block.length : block.indexOf(LINE_END, from);
    const actionId = block.toString('latin1', from, end);
    if (isPending(actionId)) return actionId;
  }
  return undefined;
}

/** The bytes by which a subscription's blocks are recognised. */
interface Pattern {
  readonly firstLine: Buffer;
  readonly lastHeader: Buffer | undefined;
  readonly spoofable: Buffer | undefined;
}

function toPattern({ name, lastHeader, spoofable }: EventSubscription): Pattern {
  return {
    firstLine: Buffer.from(`Event: ${name}`),
    lastHeader: lastHeader === undefined ? undefined : Buffer.from(`\r\n${lastHeader}: `),
    spoofable: spoofable && Buffer.from(`\r\n${spoofable.header}: ${spoofable.prefix}`),
  };
}

function isTruncated(block: Buffer, pattern: Pattern | undefined): boolean {
  return pattern?.lastHeader !== undefined && !block.includes(pattern.lastHeader);
}

function endsWith(block: Buffer, text: string): boolean {
  return block.toString('latin1', Math.max(0, block.length - text.length)) === text;
}

function isSpoofable(block: Buffer, { spoofable }: Pattern): boolean {
  return spoofable !== undefined && block.includes(spoofable);
}

/** Compares from the end, where event names differ, since this runs for every event of a busy PBX. */
function startsWithLine(block: Buffer, line: Buffer): boolean {
  if (block.length !== line.length && block[line.length] !== CR) return false;
  let index = line.length - 1;
  while (index >= 0 && block[index] === line[index]) index -= 1;
  return index < 0;
}

function actionIdOf(block: Buffer): string | undefined {
  const start = block.indexOf(ACTION_ID);
  if (start === -1) return undefined;
  const from = start + ACTION_ID.length;
  const end = block.indexOf(LINE_END, from);
  return block.toString('latin1', from, end === -1 ? block.length : end);
}

/** Returns a reader of blocks of those signals that have identifying headers; undefined for any other block. */
export function createUntrustedReader(
  signals: ReplyProfile['signals'],
  decodeLines: (block: Buffer) => string[],
) {
  const identified = signals.filter(({ identifiedBy }) => identifiedBy.length > 0);
  const firstLines = identified.map(({ name }) => Buffer.from(`Event: ${name}`));
  return (block: Buffer): AmiEvent | undefined =>
    firstLines.some((line) => startsWithLine(block, line))
      ? toUntrustedEvent(parseHeaders(decodeLines(block)), identified)
      : undefined;
}

/** Reduces a possibly forged event to its name and identifying headers. */
export function toUntrustedEvent(
  fields: AmiFields,
  subscriptions: readonly Pick<EventSubscription, 'name' | 'identifiedBy'>[],
): AmiEvent {
  const name = fields['event'] ?? '';
  const subscription = subscriptions.find((candidate) => candidate.name === name);
  return { name, fields: pickHeaders(fields, subscription?.identifiedBy ?? []) };
}
