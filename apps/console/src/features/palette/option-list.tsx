import { useLayoutEffect, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import type { OptionGroup, PaletteOption } from './option.ts';
import { PersonLine } from './person-line.tsx';
import './option-list.css';

interface OptionListProps {
  /** Begins the ids of its elements. */
  id: string;
  groups: readonly OptionGroup[];
  marked: PaletteOption | undefined;
  onMark: (option: PaletteOption) => void;
  onRun: (option: PaletteOption) => void;
}

/** The list of a combobox: the focus stays in the line, which names the option that is marked. */
export function OptionList({ id, groups, marked, onMark, onRun }: OptionListProps) {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  const flat = groups.flatMap(({ options }) => options);

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  // Nobody is set who was not shown before: a finger marks first.
  const onClick = (option: PaletteOption) =>
    option.kind === 'set' && option.key !== marked?.key ? onMark(option) : onRun(option);

  return (
    <div
      ref={list}
      id={`${id}-list`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options with pictures in them
      role="listbox"
      className="option-list"
      aria-label={t('palette.hits')}
    >
      {groups.map(({ heading, options }, at) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of options
        <div key={heading} role="group" aria-labelledby={`${id}-group-${at}`}>
          <h3 id={`${id}-group-${at}`} role="presentation">
            {heading}
          </h3>
          {options.map((option) => {
            const place = flat.indexOf(option);
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the line has the focus, and the keys
              <div
                key={option.key}
                id={`${id}-${place}`}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- options with pictures in them
                role="option"
                tabIndex={-1}
                aria-selected={option.key === marked?.key}
                // The focus stays in the line.
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={({ pointerType }) => {
                  if (pointerType === 'mouse' && option.key !== marked?.key) onMark(option);
                }}
                onClick={() => onClick(option)}
              >
                {option.kind === 'command' ? (
                  <span className="command-line">
                    <span dir="auto">{option.command.words}</span>
                    {option.command.keys === undefined ? (
                      <span className="command-kind">{option.command.kind}</span>
                    ) : (
                      <KeyCaps of={option.command.keys} />
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
