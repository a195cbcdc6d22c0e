import type { QuickLine } from './quick-line.ts';
import type { PaletteCommand } from './command.ts';

/** One line of the list. A person has the same `key` whether to be opened or to be set: who was marked stays so. */
export type PaletteOption =
  | { readonly kind: 'open'; readonly key: string; readonly id: string }
  | { readonly kind: 'set'; readonly key: string; readonly id: string; readonly line: QuickLine }
  | { readonly kind: 'command'; readonly key: string; readonly command: PaletteCommand };

export interface OptionGroup {
  readonly heading: string;
  readonly options: readonly PaletteOption[];
}
