import { ListFilter, ChevronRight } from 'lucide-react';
import { useState, type ReactNode, useId, useCallback, useMemo, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Group, isMember } from '../../entities/group/groups.ts';
import { useFilter, countFilters } from './use-filter.ts';
import { LAMPS, PRESENCE_STATES, FILTER_PRESETS } from '@lampboard/protocol';
import { countable } from '../../data/socket/connection-state.ts';
import { useOutages } from '../../data/socket/live-context.tsx';
import { type Extensions, memoizeLast, useClockedBoardValue } from '../../data/socket/use-board-value.ts';
import { useUserGroups } from '../../data/preferences/settings-context.tsx';
import { Lamp } from '../../entities/extension/lamp.tsx';
import { PresenceIcon } from '../../entities/presence/presence-badge.tsx';
import { UncountedPbxs } from '../../entities/pbx/pbx-parts.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import './filters.css';

const HIDDEN_WHEN_EMPTY = ['overdue', 'mismatch'];

/** The filters of a group, with the number of matches of each. */
export function Filters({ group }: { group: Group }) {
  const t = useT();
  const outages = useOutages();
  const userGroups = useUserGroups();
  const { filter, isActive, togglePreset, toggleLamp, togglePresence, clear } = useFilter();
  const isInGroup = useMemo(() => isMember(group, userGroups), [group, userGroups]);
  const countUntimed = useMemo(
    () =>
      memoizeLast((extensions: Extensions) => {
        const { counted, ...rest } = countable(outages, [...extensions.values()].filter(isInGroup));
        return { ...countFilters(counted), ...rest };
      }),
    [outages, isInGroup],
  );
  const count = useCallback(
    (extensions: Extensions, now: number) => {
      const { lamps, presences, presets, returnTimes, ...rest } = countUntimed(extensions);
      const overdue = returnTimes.filter((timestamp) => timestamp <= now).length;
      return { counts: { lamps, presences, presets: { ...presets, overdue } }, ...rest };
    },
    [countUntimed],
  );
  const { counts, uncounted, isLastKnown } = useClockedBoardValue(count, true);
  const root = useRef<HTMLElement>(null);
  // A clicked “Show all” or empty filter is removed.
  useFocusFallback(root, () => root.current?.querySelector<HTMLElement>('[aria-pressed]')?.focus());

  return (
    <section
      ref={root}
      className="filters"
      data-last-known={isLastKnown || undefined}
      aria-label={t('filter.heading')}
    >
      <header className="sidebar-heading">
        <h2 className="overline">
          {t('filter.heading')}
          {isLastKnown && <span className="filters-last-known"> · {t('filter.last-known')}</span>}
          <span className="filters-last-known">
            <UncountedPbxs pbxIds={uncounted} />
          </span>
        </h2>
        {isActive && (
          <button type="button" className="button button-ghost filters-clear" onClick={clear}>
            {t('filter.clear')}
          </button>
        )}
      </header>
      <ul>
        {FILTER_PRESETS.map((preset) => {
          const pressed = filter.preset === preset;
          if (HIDDEN_WHEN_EMPTY.includes(preset) && counts.presets[preset] === 0 && !pressed) return null;
          return (
            <FilterOption
              key={preset}
              pressed={pressed}
              label={t(`filter.${preset}`)}
              count={counts.presets[preset]}
              urgent={preset === 'overdue'}
              onToggle={() => togglePreset(preset)}
            />
          );
        })}
      </ul>
      <CollapsibleFilter label={t('filter.by-lamp')} activeCount={filter.lamps.length}>
        {LAMPS.map((lamp) => (
          <FilterOption
            key={lamp}
            pressed={filter.lamps.includes(lamp)}
            icon={<Lamp lamp={lamp} live={!isLastKnown} />}
            label={t(`lamp.${lamp}`)}
            count={counts.lamps[lamp]}
            onToggle={() => toggleLamp(lamp)}
          />
        ))}
      </CollapsibleFilter>
      <CollapsibleFilter label={t('person.presence')} activeCount={filter.presences.length}>
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
        <span className="sidebar-label truncate">{label}</span>
        <span className="sidebar-count" data-urgent={(urgent && count > 0) || undefined}>
          {count.toLocaleString(t.locale)}
        </span>
      </button>
    </li>
  );
}

interface CollapsibleFilterProps {
  label: string;
  /** Shown while it is collapsed. */
  activeCount: number;
  children: ReactNode;
}

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
        <span className="sidebar-label truncate">{label}</span>
        {activeCount > 0 && !open && (
          <span className="collapsible-filter-count">
            <span aria-hidden="true">{activeCount}</span>
            <span className="visually-hidden">{t('filter.selected', { count: activeCount })}</span>
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

/** Opens the filters in a dialog on narrow screens. */
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
        <span className="sidebar-label truncate">{t('filter.heading')}</span>
        {activeCount > 0 && <span className="sidebar-count">{activeCount.toLocaleString(t.locale)}</span>}
      </button>
      {open && (
        <Dialog heading={t('filter.heading')} onClose={() => setOpen(false)}>
          <Filters group={group} />
        </Dialog>
      )}
    </>
  );
}
