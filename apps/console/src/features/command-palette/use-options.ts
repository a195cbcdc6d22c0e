import { normalizeText } from '../../entities/extension/select/normalize-text.ts';
import { useMemo, useState } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { resolveReturnTime } from '../../entities/return-time/return-time-options.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { parseReturnTime } from '../../entities/return-time/parse/parse-return-time.ts';
import { vocabularyOf } from '../../entities/return-time/parse/tokens.ts';
import { type Translate, translateEnglish } from '../../i18n/translate.ts';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { useClock, useLive, useLiveState } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import type { Extensions } from '../../data/socket/use-board-value.ts';
import { type PaletteCommand, findCommands } from './palette-command.ts';
import type { OptionGroup } from './palette-option.ts';
import { createLineSearch, createPeopleSearch } from './parser/people-search.ts';
import { type PresenceCommand, parsePresenceCommand } from './parser/parse-presence-command.ts';
import { presenceAliases } from './parser/presence-aliases.ts';

export interface PaletteSources {
  readonly commands: readonly PaletteCommand[];
  readonly commandsFor: (id: string) => readonly PaletteCommand[];
  /** The subtypes in use, the most frequent first. */
  readonly subtypesOf: (extensions: Extensions) => readonly string[];
}

/**
 * The options of a query, in groups. People are searched only when the query changes, so that no option moves while
 * the board does.
 */
export function useOptions(
  query: string,
  literalTexts: ReadonlySet<string>,
  { commands, commandsFor, subtypesOf }: PaletteSources,
) {
  const t = useT();
  const me = useMe();
  const live = useLive();
  const clock = useClock();
  const nameOf = useDisplayName();
  const [peopleSearch] = useState(createPeopleSearch);
  const findLines = useMemo(() => createLineSearch(t), [t]);
  const { reply } = useCommandQuery('list-templates', { account: me?.name ?? '' }, { enabled: me !== null });
  const names = useMemo(() => presenceAliases(t), [t]);
  const epoch = useLiveState(({ board }) => board?.epoch ?? null);

  return useMemo((): readonly OptionGroup[] => {
    const state = live.store.getState();
    const extensions: Extensions = epoch === null ? new Map() : extensionsOf(state);
    const now = clock.now() + state.clockOffset;
    const templates = reply?.ok === true ? [...reply.value.user, ...reply.value.site] : [];
    const parsedCommand = parsePresenceCommand(query, {
      names,
      parseTime: (text) => parseReturnTime(text, now, t),
      isLiteral: (text) => literalTexts.has(text),
      ...vocabularyOf(t),
      isPartOfName: (words, isComplete) => peopleSearch.isPartOfName(words, isComplete, extensions),
      subtypes: () => [...subtypesOf(extensions), ...templates.map(({ subtype }) => subtype).filter(Boolean)],
      templates: templates.map(({ returnTime, ...rest }) => ({
        ...rest,
        returnTime: returnTime === null ? null : resolveReturnTime(returnTime, now),
      })),
    });
    const myIds = me?.extensions.filter((id) => extensions.has(id)) ?? [];
    const findPeople = (name: string) => (isMe(name, t) ? myIds : peopleSearch.findByName(name, extensions));
    const idsToSet = parsedCommand === null ? [] : findPeople(parsedCommand.personQuery);
    const idsToOpen = new Set([...(isMe(query, t) ? myIds : []), ...peopleSearch.find(query, extensions)]);
    const groups =
      parsedCommand !== null && idsToSet.length > 0
        ? [setGroup(t, parsedCommand, idsToSet)]
        : openGroups(t, [...idsToOpen], findLines(query, extensions), commandsFor, nameOf);
    const { found, exact } = findCommands(query, commands);
    const options = found.map(
      (command) => ({ kind: 'command', key: `command ${command.id}`, command }) as const,
    );
    const commandGroup = { heading: t('palette.commands'), options };
    // An exact command name comes before people, unless a name begins with it.
    const commandsFirst = exact && !peopleSearch.isNamePrefix(query, extensions);
    return (commandsFirst ? [commandGroup, ...groups] : [...groups, commandGroup]).filter(
      (group) => group.options.length > 0,
    );
  }, [
    query,
    literalTexts,
    commands,
    commandsFor,
    subtypesOf,
    t,
    me,
    live,
    clock,
    nameOf,
    peopleSearch,
    findLines,
    names,
    epoch,
    reply,
  ]);
}

/** Matches “me” in the page's language or in English. */
function isMe(query: string, t: Translate): boolean {
  return [t, translateEnglish].some(
    (language) => normalizeText(language('palette.me')) === normalizeText(query.trim()),
  );
}

function setGroup(t: Translate, parsedCommand: PresenceCommand, ids: readonly string[]): OptionGroup {
  return {
    heading: t('palette.set', { state: parsedCommand.template ?? t(`presence.${parsedCommand.state}`) }),
    options: ids.map((id) => ({ kind: 'set', key: id, id, parsedCommand })),
  };
}

function openGroups(
  t: Translate,
  ids: readonly string[],
  lineIds: readonly string[],
  commandsFor: PaletteSources['commandsFor'],
  nameOf: (id: string) => string,
): readonly OptionGroup[] {
  const [first = lineIds[0]] = ids;
  const optionsOf = (found: readonly string[]) => found.map((id) => ({ kind: 'open', key: id, id }) as const);
  const actions = first === undefined ? [] : commandsFor(first);
  return [
    { heading: t('palette.people'), options: optionsOf(ids) },
    { heading: t('group.by-kind'), options: optionsOf(lineIds) },
    {
      heading: t('palette.actions-for', { name: first === undefined ? '' : nameOf(first) }),
      options: actions.map((command) => ({ kind: 'command', key: `command ${command.id}`, command })),
    },
  ];
}
