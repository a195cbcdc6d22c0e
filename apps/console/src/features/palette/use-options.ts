import { fold } from '@lampboard/board';
import { useMemo, useState } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { useList } from '../../api/use-command.ts';
import { backOfPlan } from '../../i18n/back-plan.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { readReturnTime } from '../../i18n/return-times/read.ts';
import { vocabularyOf } from '../../i18n/return-times/symbols.ts';
import { type Translate, translateEnglish } from '../../i18n/translate.ts';
import { useNameOf } from '../../extension/use-name-of.ts';
import { useClock, useLive, useLiveState } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import type { Rows } from '../../live/use-board-value.ts';
import { type PaletteCommand, findCommands } from './command.ts';
import type { OptionGroup } from './option.ts';
import { createPeople } from './people.ts';
import { type QuickLine, parseQuickLine } from './quick-line.ts';
import { stateNames } from './state-words.ts';

export interface PaletteSources {
  readonly commands: readonly PaletteCommand[];
  /** What can be done about one extension, beside opening and setting it. */
  readonly commandsFor: (id: string) => readonly PaletteCommand[];
  /** The subtypes in use, the most frequent first. */
  readonly subtypesOf: (rows: Rows) => readonly string[];
}

/**
 * What a query offers, in groups. The people are those that it found when it was typed: on a board that moves, none of
 * them changes its place under somebody's finger. What is `plain` is no return time.
 */
export function useOptions(
  query: string,
  plain: ReadonlySet<string>,
  { commands, commandsFor, subtypesOf }: PaletteSources,
) {
  const t = useT();
  const me = useMe();
  const live = useLive();
  const clock = useClock();
  const nameOf = useNameOf();
  const [people] = useState(createPeople);
  const { reply } = useList('list-templates', { account: me?.name ?? '' }, { enabled: me !== null });
  const names = useMemo(() => stateNames(t), [t]);
  const epoch = useLiveState(({ board }) => board?.epoch ?? null);

  return useMemo((): readonly OptionGroup[] => {
    const state = live.store.getState();
    const rows: Rows = epoch === null ? new Map() : rowsOf(state);
    const now = clock.now() + state.clockOffset;
    const templates = reply?.ok === true ? [...reply.value.own, ...reply.value.site] : [];
    const line = parseQuickLine(query, {
      names,
      readTime: (text) => readReturnTime(text, now, t),
      isPlain: (text) => plain.has(text),
      ...vocabularyOf(t),
      isName: (words, whole) => people.isName(words, whole, rows),
      subtypes: () => [...subtypesOf(rows), ...templates.map(({ subtype }) => subtype).filter(Boolean)],
      templates: templates.map(({ back, ...rest }) => ({
        ...rest,
        back: back === null ? null : backOfPlan(back, now),
      })),
    });
    const own = me?.extensions.filter((id) => rows.has(id)) ?? [];
    const findCalled = (who: string) => (isMe(who, t) ? own : people.findCalled(who, rows));
    const toSet = line === null ? [] : findCalled(line.who);
    const toOpen = new Set([...(isMe(query, t) ? own : []), ...people.find(query, rows)]);
    const groups =
      line !== null && toSet.length > 0
        ? [setGroup(t, line, toSet)]
        : openGroups(t, [...toOpen], commandsFor, nameOf);
    const { found, meant } = findCommands(query, commands);
    const options = found.map(
      (command) => ({ kind: 'command', key: `command ${command.id}`, command }) as const,
    );
    const named = { heading: t('palette.commands'), options };
    // Whoever types the whole name of a group means the group, unless somebody is called so.
    const first = meant && !people.isCalled(query, rows);
    return (first ? [named, ...groups] : [...groups, named]).filter((group) => group.options.length > 0);
  }, [
    query,
    plain,
    commands,
    commandsFor,
    subtypesOf,
    t,
    me,
    live,
    clock,
    nameOf,
    people,
    names,
    epoch,
    reply,
  ]);
}

/** One's own extension has a word, in the page's language and in English. */
function isMe(who: string, t: Translate): boolean {
  return [t, translateEnglish].some((language) => fold(language('palette.me')) === fold(who.trim()));
}

function setGroup(t: Translate, line: QuickLine, ids: readonly string[]): OptionGroup {
  return {
    heading: t('palette.set', { state: line.template ?? t(`presence.${line.state}`) }),
    options: ids.map((id) => ({ kind: 'set', key: id, id, line })),
  };
}

function openGroups(
  t: Translate,
  ids: readonly string[],
  commandsFor: PaletteSources['commandsFor'],
  nameOf: (id: string) => string,
): readonly OptionGroup[] {
  const [first] = ids;
  const about = first === undefined ? [] : commandsFor(first);
  return [
    { heading: t('palette.people'), options: ids.map((id) => ({ kind: 'open', key: id, id })) },
    {
      heading: t('palette.about', { name: first === undefined ? '' : nameOf(first) }),
      options: about.map((command) => ({ kind: 'command', key: `command ${command.id}`, command })),
    },
  ];
}
