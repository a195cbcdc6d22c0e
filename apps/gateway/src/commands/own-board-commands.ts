import { FAVOURITES, GROUPS_MAX } from '@lampboard/protocol';
import type { OwnBoards } from '../own-board/own-boards.ts';
import { refuse } from '../refuse.ts';
import type { Handlers } from './commands.ts';

const DONE = { ok: true, value: null } as const;
const FULL = refuse(
  'full',
  `There are ${GROUPS_MAX} groups already. Remove one you no longer need; nothing was changed.`,
);
const NAMELESS = refuse('invalid', 'A group needs a name. Nothing was changed.');
const FAVOURITES_STAY = refuse(
  'invalid',
  'The favourites are always there; they can be emptied. Nothing was changed.',
);

type OwnBoardCommand = 'set-preferences' | 'save-group' | 'remove-group' | 'order-groups';

/** What an account makes of its own board; `rights.ts` sees to it that it is the own one. */
export function createOwnBoardCommands({
  ownBoards,
}: {
  ownBoards: OwnBoards;
}): Pick<Handlers, OwnBoardCommand> {
  return {
    'set-preferences'({ preferences }, { account }) {
      ownBoards.setPreferences(account.id, preferences);
      return DONE;
    },
    'save-group'({ group }, { account }) {
      if (group.name === '' && group.id !== FAVOURITES) return NAMELESS;
      return ownBoards.saveGroup(account.id, group) ? DONE : FULL;
    },
    'remove-group'({ group }, { account }) {
      if (group === FAVOURITES) return FAVOURITES_STAY;
      ownBoards.removeGroup(account.id, group);
      return DONE;
    },
    'order-groups'({ groups }, { account }) {
      ownBoards.orderGroups(account.id, groups);
      return DONE;
    },
  };
}
