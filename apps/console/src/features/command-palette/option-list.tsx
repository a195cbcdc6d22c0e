import { firstLine, hasName, displayName, stateLabel } from '../../entities/extension/accessible-name.ts';
import {
  DistinctionBadge,
  MismatchBadge,
  OverdueBadge,
  PhoneBadges,
} from '../../entities/extension/badges.tsx';
import { type ExtensionView, useExtensionView } from '../../entities/extension/use-extension-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { PresenceBadge } from '../../entities/presence/presence-badge.tsx';
import { useLayoutEffect, useRef } from 'react';
import { Kbd } from '../../keyboard/kbd.tsx';
import type { OptionGroup, PaletteOption } from './palette-option.ts';
import './option-list.css';

const DEFAULT_FLAGS = { unsaved: false, stale: false };

export function PersonLine({ id }: { id: string }) {
  const view = useExtensionView(id, DEFAULT_FLAGS);
  return view === null ? null : (
    <>
      <span className="visually-hidden">{view.ariaLabel}</span>
      <Line {...view} />
    </>
  );
}

/** Drawing only; `PersonLine` has the accessible label. */
function Line({ extension, features, live, distinction, returnTimeLabel, overdue, mismatch }: ExtensionView) {
  const t = useT();
  const { exten, person, presence } = extension;
  const texts = presence === null ? [] : [presence.subtype.trim(), firstLine(presence.message).trim()];
  return (
    <span className="person-line" aria-hidden="true">
      <ExtensionLamp extension={extension} live={live} />
      <span className="person-line-identity">
        <bdi className="person-line-name truncate">{displayName(t, extension)}</bdi>
        <span className="person-line-number">{hasName(extension) ? exten : ''}</span>
        <DistinctionBadge distinction={distinction} />
        <bdi className="note truncate person-line-department">{person.department}</bdi>
      </span>
      <span className="person-line-return-time">
        {mismatch !== null && <MismatchBadge mismatch={mismatch} />}
        {overdue === null ? returnTimeLabel : <OverdueBadge overdue={overdue} />}
      </span>
      <span className="person-line-presence">
        {presence === null ? stateLabel(t, extension) : <PresenceBadge state={presence.state} />}
        <PhoneBadges features={features} withText />
        <bdi className="truncate">{texts.filter(Boolean).join(' · ')}</bdi>
      </span>
    </span>
  );
}

interface OptionListProps {
  /** Prefix of the element ids. */
  id: string;
  groups: readonly OptionGroup[];
  activeOption: PaletteOption | undefined;
  onActivate: (option: PaletteOption) => void;
  onRun: (option: PaletteOption) => void;
}

/** Listbox of the combobox: the focus stays in the field, which names the active option. */
export function OptionList({ id, groups, activeOption, onActivate, onRun }: OptionListProps) {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  const flatOptions = groups.flatMap(({ options }) => options);

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  // A tap on an inactive option only activates it, so that nobody is set unseen.
  const onClick = (option: PaletteOption) =>
    option.kind === 'set' && option.key !== activeOption?.key ? onActivate(option) : onRun(option);

  return (
    <div
      ref={list}
      id={`${id}-list`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options with icons
      role="listbox"
      className="option-list"
      aria-label={t('search.results')}
    >
      {groups.map(({ heading, options }, groupIndex) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of options
        <div key={heading} role="group" aria-labelledby={`${id}-group-${groupIndex}`}>
          <h3 id={`${id}-group-${groupIndex}`} className="overline" role="presentation">
            {heading}
          </h3>
          {options.map((option) => {
            const index = flatOptions.indexOf(option);
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field handles the keys
              <div
                key={option.key}
                id={`${id}-${index}`}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options with icons
                role="option"
                tabIndex={-1}
                aria-selected={option.key === activeOption?.key}
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={({ pointerType }) => {
                  if (pointerType === 'mouse' && option.key !== activeOption?.key) onActivate(option);
                }}
                onClick={() => onClick(option)}
              >
                {option.kind === 'command' ? (
                  <span className="command-line">
                    <span dir="auto">{option.command.label}</span>
                    {option.command.keys === undefined ? (
                      <span className="note command-kind">{option.command.kind}</span>
                    ) : (
                      <Kbd shortcut={option.command.keys} />
                    )}
                  </span>
                ) : (
                  <PersonLine id={option.id} />
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
