import type { Span } from './time-in-line.ts';

/** Changes of the line that the preview offers; the focus goes back to the line. */
export interface LineEdits {
  /** These words are no return time, as long as the palette is open. */
  readonly keepAsText: (text: string) => void;
  readonly replace: (span: Span, text: string) => void;
  /** Takes the words out of the line, and ends it with `text`. */
  readonly moveToEnd: (span: Span, text: string) => void;
  /** Makes the line say that there is no text. */
  readonly clearText: () => void;
  readonly keepText: (id: string) => void;
}
