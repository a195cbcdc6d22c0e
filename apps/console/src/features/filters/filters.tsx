import { ListFilter, ChevronRight } from 'lucide-react';
import { useState, type ReactNode, useId, useCallback, useMemo, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Group, isMember } from '../../entities/group/groups.ts';
import { useFilter, countFilters, sameFilterCounts } from './use-filter.ts';
import { LAMPS, PRESENCE_STATES, FILTER_PRESETS } from '@lampboard/protocol';
import { useIsLive, useLiveState } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { type Extensions, useClockedBoardValue } from '../../data/socket/use-board-value.ts';
import { useUserGroups } from '../../data/settings/settings-context.tsx';
import { Lamp } from '../../entities/extension/lamp.tsx';
import { PresenceIcon } from '../../entities/presence/presence-badge.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import './filters.css';

/** There is nothing to see in them while they are empty. */
const HIDDEN_WHEN_EMPTY = ['overdue', 'mismatch'];

/** What the board can be narrowed to, with how many of the group that leaves. */
export function Filters({ group }: { group: Group }) {
  const t = useT();
  const live = useIsLive();
  const hasLastKnown = useLiveState((state) => extensionsOf(state).size > 0);
  const userGroups = useUserGroups();
  const { filter, isActive, togglePreset: toggleShow, toggleLamp, togglePresence, clear } = useFilter();
  const isInGroup = useMemo(() => isMember(group, userGroups), [group, userGroups]);
  const count = useCallback(
    (extensions: Extensions, now: number) => countFilters(extensions.values(), isInGroup, now),
    [isInGroup],
  );
  const counts = useClockedBoardValue(count, sameFilterCounts);
  const root = useRef<HTMLElement>(null);
  // “Show all”, and a filter that is empty now, go with the click on them.
  useFocusFallback(root, () => root.current?.querySelector<HTMLElement>('[aria-pressed]')?.focus());

  return (
    <section
      ref={root}
      className="filters"
      data-last-known={!live || undefined}
      aria-label={t('filter.heading')}
    >
      <header className="sidebar-heading">
        <h2>
          {t('filter.heading')}
          {!live && hasLastKnown && <span className="filters-last-known"> · {t('filter.last-known')}</span>}
        </h2>
        {isActive && (
          <button type="button" className="filters-clear" onClick={clear}>
            {t('filter.show-all')}
          </button>
        )}
      </header>
      <ul>
        {FILTER_PRESETS.map((show) => {
          const pressed = filter.preset === show;
          if (HIDDEN_WHEN_EMPTY.includes(show) && counts.show[show] === 0 && !pressed) return null;
          return (
            <FilterOption
              key={show}
              pressed={pressed}
              label={t(`filter.${show}`)}
              count={counts.show[show]}
              urgent={show === 'overdue'}
              onToggle={() => toggleShow(show)}
            />
          );
        })}
      </ul>
      <CollapsibleFilter label={t('filter.by-lamp')} activeCount={filter.lamps.length}>
        {LAMPS.map((lamp) => (
          <FilterOption
            key={lamp}
            pressed={filter.lamps.includes(lamp)}
            icon={<Lamp lamp={lamp} live={live} />}
            label={t(`lamp.${lamp}`)}
            count={counts.lamps[lamp]}
            onToggle={() => toggleLamp(lamp)}
          />
        ))}
      </CollapsibleFilter>
      <CollapsibleFilter label={t('filter.by-presence')} activeCount={filter.presences.length}>
        {PRESENCE_STATES.map((state) => (
          <FilterOption
            key={state}
            pressed={filter.presences.includes(state)}
            icon={<PresenceIcon state={state} />}
            label={t(`presence.${state}`)}
            count={counts.presences[state]}
            onToggle={() => togglePresence(state)}
          />
        ))}
      </CollapsibleFilter>
    </section>
  );
}

interface FilterOptionProps {
  pressed: boolean;
  icon?: ReactNode;
  label: string;
  count: number;
  /** Somebody should look after those that it leaves. */
  urgent?: boolean;
  onToggle: () => void;
}

function FilterOption({ pressed, icon, label, count, urgent = false, onToggle }: FilterOptionProps) {
  const t = useT();
  return (
    <li>
      <button
        type="button"
        className="sidebar-item"
        aria-pressed={pressed}
        data-empty={count === 0 || undefined}
        onClick={onToggle}
      >
        {icon}
        <span className="sidebar-label">{label}</span>
        <span className="sidebar-count" data-urgent={(urgent && count > 0) || undefined}>
          {count.toLocaleString(t.locale)}
        </span>
      </button>
    </li>
  );
}

interface CollapsibleFilterProps {
  label: string;
  /** How many of the toggles in it are pressed: told while it is folded away. */
  activeCount: number;
  children: ReactNode;
}

/** Toggles that are folded away until somebody asks for them. */
function CollapsibleFilter({ label, activeCount, children }: CollapsibleFilterProps) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="collapsible-filter">
      <button
        type="button"
        className="sidebar-item"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={14} aria-hidden="true" />
        <span className="sidebar-label">{label}</span>
        {activeCount > 0 && !open && (
          <span className="collapsible-filter-count">
            <span aria-hidden="true">{activeCount}</span>
            <span className="visually-hidden">{t('filter.chosen', { count: activeCount })}</span>
          </span>
        )}
      </button>
      {open && (
        <ul id={id} aria-label={label}>
          {children}
        </ul>
      )}
    </div>
  );
}

/** Where there is no room for the filters: opens them over the page. */
export function FilterButton({ group }: { group: Group }) {
  const t = useT();
  const { activeCount } = useFilter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="sidebar-item filter-button"
        aria-haspopup="dialog"
        data-active={activeCount > 0 || undefined}
        onClick={() => setOpen(true)}
      >
        <ListFilter size={15} aria-hidden="true" />
        <span className="sidebar-label">{t('filter.filter')}</span>
        {activeCount > 0 && <span className="sidebar-count">{activeCount.toLocaleString(t.locale)}</span>}
      </button>
      {open && (
        <Dialog heading={t('filter.filter')} onClose={() => setOpen(false)}>
          <Filters group={group} />
        </Dialog>
      )}
    </>
  );
}
