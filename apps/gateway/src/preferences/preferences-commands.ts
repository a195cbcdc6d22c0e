import { FAVOURITES, MAX_GROUPS } from '@lampboard/protocol';
import type { UserSettingsStore } from './user-settings.ts';
import { failure } from '../platform/failure.ts';
import type { CommandHandlers } from '../auth/dispatcher.ts';

const DONE = { ok: true, value: null } as const;
const LIMIT_REACHED = failure(
  'limit-reached',
  `You already have ${MAX_GROUPS} groups. Remove one you no longer need; nothing was changed.`,
);
const GROUP_NAME_REQUIRED = failure('invalid', 'A group needs a name. Nothing was changed.');
const FAVOURITES_PERMANENT = failure(
  'invalid',
  'The favourites can be emptied, but not removed. Nothing was changed.',
);

type PreferencesCommand = 'set-preferences' | 'save-group' | 'remove-group' | 'reorder-groups';

export function createPreferencesCommands({
  userSettings,
}: {
  userSettings: UserSettingsStore;
}): Pick<CommandHandlers, PreferencesCommand> {
  return {
    'set-preferences'({ preferences }, { account }) {
      userSettings.setPreferences(account.id, preferences);
      return DONE;
    },
    'save-group'({ group }, { account }) {
      if (group.name === '' && group.id !== FAVOURITES) return GROUP_NAME_REQUIRED;
      return userSettings.saveGroup(account.id, group) ? DONE : LIMIT_REACHED;
    },
    'remove-group'({ group }, { account }) {
      if (group === FAVOURITES) return FAVOURITES_PERMANENT;
      userSettings.removeGroup(account.id, group);
      return DONE;
    },
    'reorder-groups'({ groups }, { account }) {
      userSettings.reorderGroups(account.id, groups);
      return DONE;
    },
  };
}
