import type { AmiEvent, AmiFields } from './types.ts';

const CR = 13;
const LINE_END = Buffer.from('\r\n');
const ACTION_ID = Buffer.from('\r\nActionID: ');
/** Events and list items with a header that always follows the names in them. */
const TRAILING_HEADERS = [
  ['ExtensionStatus', 'Status'],
  ['PresenceStateChange', 'Status'],
  ['DeviceStateChange', 'State'],
].map(([event, header]) => ({
  event: Buffer.from(`Event: ${event}`),
  header: Buffer.from(`\r\n${header}: `),
}));
/** Such a device bears what somebody dialled. */
const LOCAL_CHANNEL_DEVICE = Buffer.from('\r\nDevice: Local/');

export interface TrustFilterOptions {
  /** Names of the events that are let in; Asterisk escapes what others typed into them. */
  readonly eventNames: readonly string[];
  readonly isPending: (actionId: string) => boolean;
  /** True for actions whose answer repeats text as it is. */
  readonly echoesUserText: (actionId: string) => boolean;
}

/**
 * `own`: an answer to us, or an item of one. `believed`: an event. `doubted`: one that somebody may have typed; it says of
 * whom Asterisk has to be asked, and no more.
 */
export type Verdict = 'reply' | 'trusted' | 'untrusted' | 'ignored';

/**
 * The one door through which blocks come in. An answer, or an item of a list, is believed by its ActionID, which nobody
 * can guess; an event by its name, and only while it can't have been typed by somebody. Asterisk relays caller IDs and
 * presence messages as they are, and CRLF CRLF in one ends its event early: so after any other event nothing unasked is
 * believed until a block with an ActionID of ours shows that the stream is Asterisk's own again. Nor is it after a block
 * that ends early: a telephone can put CRLF CRLF into the extension that a pattern hint is subscribed by.
 */
export function createTrustFilter({
  eventNames,
  isPending,
  echoesUserText,
}: TrustFilterOptions): (block: Buffer) => Verdict {
  const firstLines = eventNames.map((name) => Buffer.from(`Event: ${name}`));
  let tainted = false;

  return (block) => {
    const actionId = actionIdOf(block);
    if (actionId !== undefined && isPending(actionId)) {
      tainted = echoesUserText(actionId) || isTruncated(block);
      return 'reply';
    }
    // An ActionID that nobody waits for is a late answer, or typed.
    if (
      actionId !== undefined ||
      !firstLines.some((line) => startsWithLine(block, line)) ||
      isTruncated(block) ||
      block.includes(LOCAL_CHANNEL_DEVICE)
    ) {
      tainted = true;
      return 'ignored';
    }
    return tainted ? 'untrusted' : 'trusted';
  };
}

function isTruncated(block: Buffer): boolean {
  return TRAILING_HEADERS.some(
    ({ event, header }) => startsWithLine(block, event) && !block.includes(header),
  );
}

/** Compared from the end, where names differ: it is done for all that a busy PBX tells. */
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

/** The headers that say whom an event is about. */
const IDENTIFYING_HEADERS: Readonly<Record<string, readonly string[]>> = {
  ExtensionStatus: ['exten', 'context'],
  PresenceStateChange: ['presentity'],
  DeviceStateChange: ['device'],
};

/** What is left of an event that somebody may have typed: whom it is about, and nothing that it says of them. */
export function toUntrustedEvent(fields: AmiFields): AmiEvent {
  const name = fields['event'] ?? '';
  const identifyingHeaders = (IDENTIFYING_HEADERS[name] ?? []).map((header) => [
    header,
    fields[header] ?? '',
  ]);
  return { name, fields: Object.fromEntries(identifyingHeaders) };
}
