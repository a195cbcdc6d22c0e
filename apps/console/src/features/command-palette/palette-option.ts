import type { Span } from './parser/find-return-time.ts';
import type { PresenceCommand } from './parser/parse-presence-command.ts';
import type { PaletteCommand } from './palette-command.ts';

/** `key` is the same for opening and setting a person, so that the active option stays. */
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

/** Edits of the line that the preview offers; they return the focus to the field. */
export interface LineEdits {
  /** Treats the words as text instead of a return time while the palette is open. */
  readonly treatAsText: (text: string) => void;
  readonly replace: (span: Span, text: string) => void;
  /** Moves the span to the end of the line as `text`. */
  readonly moveToEnd: (span: Span, text: string) => void;
  /** Adds an explicit empty text. */
  readonly clearText: () => void;
  readonly carryText: (id: string) => void;
}
