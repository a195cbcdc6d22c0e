const CR = 13;
const LINE_END = Buffer.from('\r\n');
const ACTION_ID = Buffer.from('\r\nActionID: ');
/** Events and list items with a header that always follows the names in them. */
const AFTER_NAMES = [
  ['ExtensionStatus', 'Status'],
  ['PresenceStateChange', 'Status'],
  ['DeviceStateChange', 'State'],
].map(([event, header]) => ({
  event: Buffer.from(`Event: ${event}`),
  header: Buffer.from(`\r\n${header}: `),
}));
/** Such a device bears what somebody dialled. */
const DIALLED = Buffer.from('\r\nDevice: Local/');

export interface DoorOptions {
  /** Names of the events that are let in; Asterisk escapes what others typed into them. */
  readonly wanted: readonly string[];
  readonly isPending: (actionId: string) => boolean;
  /** True for actions whose answer repeats text as it is. */
  readonly isUnescaped: (actionId: string) => boolean;
}

/**
 * `own`: an answer to us, or an item of one. `believed`: an event. `doubted`: one that somebody may have typed; it says of
 * whom Asterisk has to be asked, and no more.
 */
export type Verdict = 'own' | 'believed' | 'doubted' | 'unwanted';

/**
 * The one door through which blocks come in. An answer, or an item of a list, is believed by its ActionID, which nobody
 * can guess; an event by its name, and only while it can't have been typed by somebody. Asterisk relays caller IDs and
 * presence messages as they are, and CRLF CRLF in one ends its event early: so after any other event nothing unasked is
 * believed until a block with an ActionID of ours shows that the stream is Asterisk's own again. Nor is it after a block
 * that ends early: a telephone can put CRLF CRLF into the extension that a pattern hint is subscribed by.
 */
export function createDoor({ wanted, isPending, isUnescaped }: DoorOptions): (block: Buffer) => Verdict {
  const firstLines = wanted.map((name) => Buffer.from(`Event: ${name}`));
  let inDoubt = false;

  return (block) => {
    const actionId = actionIdOf(block);
    if (actionId !== undefined && isPending(actionId)) {
      inDoubt = isUnescaped(actionId) || endsEarly(block);
      return 'own';
    }
    // An ActionID that nobody waits for is a late answer, or typed.
    if (
      actionId !== undefined ||
      !firstLines.some((line) => beginsWithLine(block, line)) ||
      endsEarly(block) ||
      block.includes(DIALLED)
    ) {
      inDoubt = true;
      return 'unwanted';
    }
    return inDoubt ? 'doubted' : 'believed';
  };
}

function endsEarly(block: Buffer): boolean {
  return AFTER_NAMES.some(({ event, header }) => beginsWithLine(block, event) && !block.includes(header));
}

/** Compared from the end, where names differ: it is done for all that a busy PBX tells. */
function beginsWithLine(block: Buffer, line: Buffer): boolean {
  if (block.length !== line.length && block[line.length] !== CR) return false;
  let at = line.length - 1;
  while (at >= 0 && block[at] === line[at]) at -= 1;
  return at < 0;
}

function actionIdOf(block: Buffer): string | undefined {
  const start = block.indexOf(ACTION_ID);
  if (start === -1) return undefined;
  const from = start + ACTION_ID.length;
  const end = block.indexOf(LINE_END, from);
  return block.toString('latin1', from, end === -1 ? block.length : end);
}
