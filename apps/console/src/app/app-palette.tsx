import { LinkLine } from '../features/link/link-line.tsx';
import { Palette, type PaletteProps } from '../features/palette/palette.tsx';
import { knownSubtypes } from '../features/person/suggestions.ts';
import { useQuickSet } from '../features/person/use-quick-set.ts';
import { useCommands } from './palette-commands.ts';
import { useCommandsFor } from './palette-commands-for.ts';
import { useOpenAnywhere } from './use-open-anywhere.ts';

/** The palette, with everything that this page can do. */
export function AppPalette(ways: Pick<PaletteProps, 'takeTyped' | 'onClose'>) {
  const open = useOpenAnywhere();
  return (
    <Palette
      commands={useCommands()}
      commandsFor={useCommandsFor()}
      subtypesOf={knownSubtypes}
      onOpen={open}
      onSet={useQuickSet(open)}
      {...ways}
      news={<LinkLine />}
    />
  );
}
