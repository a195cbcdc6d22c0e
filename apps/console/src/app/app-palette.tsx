import { useLocation } from 'wouter';
import { LinkLine } from '../features/link/link-line.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { subtypesInUse } from '../features/person/suggestions.ts';
import { useQuickSet } from '../features/person/use-quick-set.ts';
import { useEverywhere } from './everywhere-context.ts';
import { useCommands } from './palette-commands.ts';
import { useCommandsFor } from './palette-commands-for.ts';

/** The palette, with everything that this page can do. */
export function AppPalette({ onClose }: { onClose: (then?: () => void) => void }) {
  const [, navigate] = useLocation();
  const { wanted } = useEverywhere();
  const open = (id: string) => {
    wanted.setState(id, true);
    if (window.location.pathname !== '/') navigate(`/?${new URLSearchParams({ extension: id }).toString()}`);
  };
  return (
    <Palette
      commands={useCommands()}
      commandsFor={useCommandsFor()}
      subtypesOf={subtypesInUse}
      onOpen={open}
      onSet={useQuickSet(open)}
      onClose={onClose}
      news={<LinkLine />}
    />
  );
}
