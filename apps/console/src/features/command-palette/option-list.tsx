import {
  firstLine,
  hasName,
  displayName,
  phoneStateLabel,
} from '../../entities/extension/accessible-name.ts';
import { ContextBadge, MismatchBadge, OverdueBadge } from '../../entities/extension/badges.tsx';
import { type ExtensionView, useExtensionView } from '../../entities/extension/use-extension.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Lamp } from '../../entities/extension/lamp.tsx';
import { PresenceBadge } from '../../entities/presence/presence-badge.tsx';
import { useLayoutEffect, useRef } from 'react';
import { Kbd } from '../../keyboard/kbd.tsx';
import type { OptionGroup, PaletteOption } from './palette-option.ts';
import './option-list.css';

const DEFAULT_FLAGS = { unsaved: false, stale: false };

/** One person in the list: what a caller asks for, at a glance. */
export function PersonLine({ id }: { id: string }) {
  const view = useExtensionView(id, DEFAULT_FLAGS);
  return view === null ? null : (
    <>
      <span className="visually-hidden">{view.ariaLabel}</span>
      <Line {...view} />
    </>
  );
}

/** A picture only, of what its words say. */
function Line({ extension, live, context, returnTimeLabel, overdue, mismatch }: ExtensionView) {
  const t = useT();
  const { exten, person, lamp, presence } = extension;
  const texts = presence === null ? [] : [presence.subtype.trim(), firstLine(presence.message).trim()];
  return (
    <span className="person-line" aria-hidden="true">
      <Lamp lamp={lamp} live={live} />
      <span className="person-line-identity">
        <bdi className="person-line-name">{displayName(t, extension)}</bdi>
        <span className="person-line-number">{hasName(extension) ? exten : ''}</span>
        <ContextBadge context={context} />
        <bdi className="person-line-department">{person.department}</bdi>
      </span>
      <span className="person-line-return-time">
        {mismatch !== null && <MismatchBadge mismatch={mismatch} />}
        {overdue === null ? returnTimeLabel : <OverdueBadge overdue={overdue} />}
      </span>
      <span className="person-line-presence">
        {presence === null ? phoneStateLabel(t, extension) : <PresenceBadge state={presence.state} />}
        <bdi>{texts.filter(Boolean).join(' · ')}</bdi>
      </span>
    </span>
  );
}

interface OptionListProps {
  /** Begins the ids of its elements. */
  id: string;
  groups: readonly OptionGroup[];
  activeOption: PaletteOption | undefined;
  onActivate: (option: PaletteOption) => void;
  onRun: (option: PaletteOption) => void;
}

/** The list of a combobox: the focus stays in the line, which names the option that is marked. */
export function OptionList({ id, groups, activeOption, onActivate, onRun }: OptionListProps) {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  const flatOptions = groups.flatMap(({ options }) => options);

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  // Nobody is set who was not shown before: a finger marks first.
  const onClick = (option: PaletteOption) =>
    option.kind === 'set' && option.key !== activeOption?.key ? onActivate(option) : onRun(option);

  return (
    <div
      ref={list}
      id={`${id}-list`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options with pictures in them
      role="listbox"
      className="option-list"
      aria-label={t('palette.hits')}
    >
      {groups.map(({ heading, options }, groupIndex) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of options
        <div key={heading} role="group" aria-labelledby={`${id}-group-${groupIndex}`}>
          <h3 id={`${id}-group-${groupIndex}`} role="presentation">
            {heading}
          </h3>
          {options.map((option) => {
            const index = flatOptions.indexOf(option);
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the line has the focus, and the keys
              <div
                key={option.key}
                id={`${id}-${index}`}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options with pictures in them
                role="option"
                tabIndex={-1}
                aria-selected={option.key === activeOption?.key}
                // The focus stays in the line.
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
                      <span className="command-kind">{option.command.kind}</span>
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
