import type { AmiEvent, AmiFields } from './types.ts';

const CR = 13;
const LINE_END = Buffer.from('\r\n');
const ACTION_ID = Buffer.from('\r\nActionID: ');
/** Events and list items whose names are always followed by this header. */
const TRAILING_HEADERS = [
  ['ExtensionStatus', 'Status'],
  ['PresenceStateChange', 'Status'],
  ['DeviceStateChange', 'State'],
].map(([event, header]) => ({
  event: Buffer.from(`Event: ${event}`),
  header: Buffer.from(`\r\n${header}: `),
}));
/** The name of such a device contains dialled text. */
const LOCAL_CHANNEL_DEVICE = Buffer.from('\r\nDevice: Local/');

export interface TrustFilterOptions {
  /** Names of the accepted events, in which Asterisk escapes user text. */
  readonly eventNames: readonly string[];
  readonly isPending: (actionId: string) => boolean;
  /** True for actions whose reply contains unescaped user text. */
  readonly echoesUserText: (actionId: string) => boolean;
}

/** `reply`: to a pending action, or an item of its list. `untrusted`: an event that a user may have forged. */
export type Verdict = 'reply' | 'trusted' | 'untrusted' | 'ignored';

/**
 * Classifies blocks. A reply or list item is trusted by its unguessable ActionID, an event by its name while the stream
 * is not tainted. Asterisk relays caller IDs and presence messages unescaped, and CRLF CRLF in one forges a block: any
 * other event, and any truncated block, taints the stream until the next reply. (A phone can put CRLF CRLF into the
 * extension by which it subscribes to a pattern hint.)
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
    // An ActionID that is not pending belongs to a late reply, or is forged.
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

const IDENTIFYING_HEADERS: Readonly<Record<string, readonly string[]>> = {
  ExtensionStatus: ['exten', 'context'],
  PresenceStateChange: ['presentity'],
  DeviceStateChange: ['device'],
};

/** Reduces a possibly forged event to its name and identifying headers. */
export function toUntrustedEvent(fields: AmiFields): AmiEvent {
  const name = fields['event'] ?? '';
  const identifyingHeaders = (IDENTIFYING_HEADERS[name] ?? []).map((header) => [
    header,
    fields[header] ?? '',
  ]);
  return { name, fields: Object.fromEntries(identifyingHeaders) };
}
