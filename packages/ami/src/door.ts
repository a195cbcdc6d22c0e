export interface DoorOptions {
  /** Names of the events that are let in; Asterisk escapes what others typed into them. */
  readonly wanted: ReadonlySet<string>;
  readonly isPending: (actionId: string) => boolean;
  /** True for actions whose answer repeats text as it is. */
  readonly isUnescaped: (actionId: string) => boolean;
  /** The stream is in doubt: any answer to an action sees it through. */
  readonly onDoubt: () => void;
  /** The doubt is over, and an event that came meanwhile was not believed: it may have been a true one. */
  readonly onGap: () => void;
}

/**
 * The one door through which blocks come in: true lets this one pass. An answer, or an item of a list, passes by its
 * ActionID, which nobody can guess; an event passes by its name, and only while it can't have been typed by somebody.
 * Asterisk relays caller IDs and presence messages as they are, and CRLF CRLF in one ends its event early: so after
 * any other event nothing unasked is believed until a block with an ActionID of ours shows that the stream is
 * Asterisk's own again.
 */
export function createDoor({
  wanted,
  isPending,
  isUnescaped,
  onDoubt,
  onGap,
}: DoorOptions): (block: string) => boolean {
  let inDoubt = false;
  let missed = false;

  function doubt(): false {
    inDoubt = true;
    onDoubt();
    return false;
  }

  function answered(actionId: string): true {
    inDoubt = isUnescaped(actionId);
    if (inDoubt) onDoubt();
    else if (missed) {
      missed = false;
      onGap();
    }
    return true;
  }

  return (block) => {
    const actionId = actionIdOf(block);
    if (actionId !== undefined && isPending(actionId)) return answered(actionId);
    const name = block.startsWith('Event: ') ? block.slice(7, lineEnd(block, 7)) : '';
    // An ActionID that nobody waits for is a late answer, or typed.
    if (actionId !== undefined || !wanted.has(name)) return doubt();
    if (inDoubt) missed = true;
    return !inDoubt;
  };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end === -1 ? text.length : end;
}

function actionIdOf(block: string): string | undefined {
  const header = '\r\nActionID: ';
  const start = block.indexOf(header);
  if (start === -1) return undefined;
  const from = start + header.length;
  return block.slice(from, lineEnd(block, from));
}
