/** Asterisk's limit, CRLF included. */
const MAX_LINE_BYTES = 1024;
const MAX_LINES = 128;

type ParseError = 'line too long' | 'too many lines';

export interface AmiMessage {
  /** The value of the first header of that name, ignoring case and leading blanks; '' where there is none. */
  header(name: string): string;
  /** The value of the first `Action` header that has one. */
  action(): string;
  lines: readonly string[];
  error?: ParseError;
}

function createMessage(lines: readonly string[], error: ParseError | undefined): AmiMessage {
  function values(name: string): string[] {
    const start = `${name.toLowerCase()}:`;
    const found = lines.filter((line) => line.toLowerCase().startsWith(start));
    return found.map((line) => line.slice(start.length).replace(/^[\t\n\v\f\r ]+/, ''));
  }
  return {
    lines,
    ...(error && { error }),
    header: (name) => values(name)[0] ?? '',
    action: () => values('Action').find((value) => value !== '') ?? '',
  };
}

/**
 * Splits client input into messages with Asterisk's limits: 1,022 bytes a line, 128 lines a message. A line ends at LF
 * with or without CR. Of a longer line 1,023 bytes at a time are dropped, and the rest is parsed as another line, so that
 * a split CRLF even ends the message.
 */
export function createMessageParser(onMessage: (message: AmiMessage) => void) {
  let buffer = '';
  let lines: string[] = [];
  let tooLong = false;
  let tooMany = false;

  function endLine(raw: string): void {
    // A line is a C string.
    const [text = ''] = raw.split('\0', 1);
    if (text !== '') {
      if (lines.length < MAX_LINES) lines.push(text);
      else tooMany = true;
      return;
    }
    const error = tooMany ? 'too many lines' : tooLong ? 'line too long' : undefined;
    const message = createMessage(lines, error);
    lines = [];
    tooLong = false;
    tooMany = false;
    onMessage(message);
  }

  return {
    push(chunk: string): void {
      buffer += chunk;
      let start = 0;
      for (;;) {
        const end = buffer.indexOf('\n', start);
        const length = end < 0 ? buffer.length - start : end - start + 1;
        if (length > MAX_LINE_BYTES || (end < 0 && length === MAX_LINE_BYTES)) {
          tooLong = true;
          start += MAX_LINE_BYTES - 1;
        } else if (end < 0) {
          break;
        } else {
          endLine(buffer.slice(start, buffer[end - 1] === '\r' && end > start ? end - 1 : end));
          start = end + 1;
        }
      }
      buffer = buffer.slice(start);
    },
  };
}
