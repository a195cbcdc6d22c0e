import { isFree, phoneLamp } from '@lampboard/model';
import { FAVOURITES } from '@lampboard/protocol';
import type { PaletteCommand } from '../features/command-palette/palette-command.ts';
import { useDisplayName } from '../entities/extension/use-display-name.ts';
import { useToggleWatch } from '../entities/extension/use-extension-actions.ts';
import { useMe } from '../data/http/api-context.tsx';
import { presenceOf } from '../entities/presence/presence-value.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useLive } from '../data/socket/live-context.tsx';
import { extensionsOf, isLive } from '../data/socket/connection-state.ts';
import { useSettings, useUserGroups, usePreference } from '../data/preferences/settings-context.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { ConnectionInline } from '../features/connection/connection-badge.tsx';
import { CommandPalette, type CommandPaletteProps } from '../features/command-palette/command-palette.tsx';
import { knownSubtypes } from '../features/presence-editor/subtype-suggestions.ts';
import { phoneAgreement } from '../entities/presence-draft/phone-agreement.ts';
import { useSetPresence } from '../entities/presence-draft/use-set-presence.ts';
import { usePaletteCommands } from './palette-commands.ts';
import { useOpenExtension } from './overlay-context.ts';

export function AppPalette(props: Pick<CommandPaletteProps, 'flushTypeAhead' | 'onClose'>) {
  const open = useOpenExtension();
  return (
    <CommandPalette
      commands={usePaletteCommands()}
      commandsFor={useExtensionCommands(open)}
      subtypesOf={knownSubtypes}
      onOpen={open}
      onSet={useSetPresence(open)}
      {...props}
      statusMessage={<ConnectionInline />}
    />
  );
}

function useExtensionCommands(onOpen: (id: string) => void): (id: string) => readonly PaletteCommand[] {
  const t = useT();
  const me = useMe();
  const setPresence = useSetPresence(onOpen);
  const settings = useSettings();
  const { store } = useLive();
  const nameOf = useDisplayName();
  const watched = usePreference('watchedExtensions');
  const toggleWatch = useToggleWatch();
  const groups = useUserGroups();
  return (id) => {
    const state = store.getState();
    const extension = extensionsOf(state).get(id);
    if (extension === undefined) return [];
    const name = nameOf(id);
    const isWatched = watched.includes(id);
    const isFavourite = groups.some((group) => group.id === FAVOURITES && group.members.includes(id));
    const watchCommand = {
      id: `tell ${id}`,
      kind: '',
      label: t(isWatched ? 'palette.unwatch' : 'palette.watch', { name }),
      keys: SHORTCUTS.board.watch[0],
      run: () => void toggleWatch(id),
    };
    const favouriteCommand = {
      id: `favourite ${id}`,
      kind: '',
      label: t(isFavourite ? 'palette.remove-favourite' : 'palette.add-favourite', { name }),
      keys: SHORTCUTS.board.favourite[0],
      run: () => settings.toggleFavourite(id),
    };
    const agreement = isLive(state, id) ? phoneAgreement(extension, me) : null;
    const agreeCommand = agreement && {
      id: `agree ${id}`,
      kind: '',
      label: t('phone.agree-command', { name }),
      run: () => void setPresence(id, presenceOf(agreement.value), agreement.value.returnTime),
    };
    const canWatch = phoneLamp(extension) !== null && !isFree(extension);
    return [
      ...(agreeCommand === null ? [] : [agreeCommand]),
      ...(canWatch || isWatched ? [watchCommand] : []),
      favouriteCommand,
    ];
  };
}
