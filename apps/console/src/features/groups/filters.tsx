import { LAMPS, PRESENCE_STATES, SHOWS } from '@lampboard/protocol';
import { useCallback, useMemo, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useLiveState } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { type Rows, useTimedBoardValue } from '../../live/use-board-value.ts';
import { useOwnGroups } from '../../own/own-context.tsx';
import { Lamp } from '../../ui/lamp.tsx';
import { PresenceIcon } from '../../ui/presence-badge.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { countFilters, sameFilterCounts } from './filter-counts.ts';
import { FilterFold } from './filter-fold.tsx';
import { FilterToggle } from './filter-toggle.tsx';
import { type Group, membership } from './groups.ts';
import { useFilter } from './use-filter.ts';
import './filters.css';

/** There is nothing to see in them while they are empty. */
const HIDDEN_WHEN_EMPTY = ['overdue', 'contradictory'];

/** What the board can be narrowed to, with how many of the group that leaves. */
export function Filters({ group }: { group: Group }) {
  const t = useT();
  const live = useIsLive();
  const known = useLiveState((state) => rowsOf(state).size > 0);
  const own = useOwnGroups();
  const { filter, filtered, toggleShow, toggleLamp, togglePresence, clear } = useFilter();
  const belongs = useMemo(() => membership(group, own), [group, own]);
  const count = useCallback(
    (rows: Rows, now: number) => countFilters(rows.values(), belongs, now),
    [belongs],
  );
  const counts = useTimedBoardValue(count, sameFilterCounts);
  const root = useRef<HTMLElement>(null);
  // “Show all”, and a filter that is empty now, go with the click on them.
  useKeptFocus(root, () => root.current?.querySelector<HTMLElement>('[aria-pressed]')?.focus());

  return (
    <section
      ref={root}
      className="filters"
      data-last-known={!live || undefined}
      aria-label={t('filter.heading')}
    >
      <header className="side-heading">
        <h2>
          {t('filter.heading')}
          {!live && known && <span className="filters-known"> · {t('filter.last-known')}</span>}
        </h2>
        {filtered && (
          <button type="button" className="filters-clear" onClick={clear}>
            {t('filter.show-all')}
          </button>
        )}
      </header>
      <ul>
        {SHOWS.map((show) => {
          const pressed = filter.show === show;
          if (HIDDEN_WHEN_EMPTY.includes(show) && counts.show[show] === 0 && !pressed) return null;
          return (
            <FilterToggle
              key={show}
              pressed={pressed}
              word={t(`filter.${show}`)}
              count={counts.show[show]}
              urgent={show === 'overdue'}
              onToggle={() => toggleShow(show)}
            />
          );
        })}
      </ul>
      <FilterFold word={t('filter.by-lamp')} pressed={filter.lamps.length}>
        {LAMPS.map((lamp) => (
          <FilterToggle
            key={lamp}
            pressed={filter.lamps.includes(lamp)}
            icon={<Lamp lamp={lamp} live={live} />}
            word={t(`lamp.${lamp}`)}
            count={counts.lamps[lamp]}
            onToggle={() => toggleLamp(lamp)}
          />
        ))}
      </FilterFold>
      <FilterFold word={t('filter.by-presence')} pressed={filter.presences.length}>
        {PRESENCE_STATES.map((state) => (
          <FilterToggle
            key={state}
            pressed={filter.presences.includes(state)}
            icon={<PresenceIcon state={state} />}
            word={t(`presence.${state}`)}
            count={counts.presences[state]}
            onToggle={() => togglePresence(state)}
          />
        ))}
      </FilterFold>
    </section>
  );
}
