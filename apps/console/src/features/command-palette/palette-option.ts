import type { Span } from './parser/find-return-time.ts';
import type { PresenceCommand } from './parser/parse-presence-command.ts';
import type { PaletteCommand } from './palette-command.ts';

/** One line of the list. A person has the same `key` whether to be opened or to be set: who was marked stays so. */
export type PaletteOption =
  | { readonly kind: 'open'; readonly key: string; readonly id: string }
  | {
      readonly kind: 'set';
      readonly key: string;
      readonly id: string;
      readonly parsedCommand: PresenceCommand;
    }
  | { readonly kind: 'command'; readonly key: string; readonly command: PaletteCommand };

export interface OptionGroup {
  readonly heading: string;
  readonly options: readonly PaletteOption[];
}

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
