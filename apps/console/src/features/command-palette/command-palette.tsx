import type { ReturnTime, Presence, SetPresenceReply } from '@lampboard/protocol';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { SHORTCUTS, matchShortcut } from '../../keyboard/shortcuts.ts';
import { Kbd } from '../../keyboard/kbd.tsx';
import { inputHandlers } from '../../ui/form/input-handlers.ts';
import { useDialog } from '../../ui/dialog.tsx';
import { truncate } from './truncate.ts';
import type { LineEdits, PaletteOption } from './palette-option.ts';
import { OptionList } from './option-list.tsx';
import { Preview } from './preview.tsx';
import { NO_TEXT } from './parser/parse-presence-command.ts';
import { type PaletteSources, useOptions } from './use-options.ts';
import { usePresenceCommand } from './use-presence-command.ts';
import './command-palette.css';

export interface CommandPaletteProps extends PaletteSources {
  onOpen: (id: string) => void;
  onSet: (id: string, presence: Presence, returnTime: ReturnTime | null) => Promise<SetPresenceReply>;
  /** Returns the text typed before the field was there. */
  flushTypeAhead: () => string;
  /** Closes, restores the focus, and then calls `then`. */
  onClose: (then?: () => void) => void;
  statusMessage: ReactNode;
}

/** Combobox that finds people, sets a presence and runs commands; the preview shows the effect before Enter. */
export function CommandPalette({
  onOpen,
  onSet,
  flushTypeAhead,
  onClose,
  statusMessage,
  ...sources
}: CommandPaletteProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const [literalTexts, setLiteralTexts] = useState<ReadonlySet<string>>(new Set());
  const groups = useOptions(query, literalTexts, sources);
  const presenceCommand = usePresenceCommand({ onSet, onDone: () => onClose() });
  useDialog(dialog, field);
  useLayoutEffect(() => {
    const buffered = flushTypeAhead();
    // oxlint-disable-next-line react/set-state-in-effect -- buffered while the palette was loading
    if (buffered !== '') setQuery(buffered);
  }, [flushTypeAhead]);

  const options = groups.flatMap((group) => group.options);
  const activeIndex = Math.max(
    0,
    options.findIndex(({ key }) => key === selectedKey),
  );
  const activeOption = options[activeIndex];

  const run = (option: PaletteOption) => {
    if (option.kind === 'open') onClose(() => onOpen(option.id));
    else if (option.kind === 'command') onClose(option.command.run);
    else presenceCommand.send(option);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const key = matchShortcut('results', event);
    if (key === null || event.nativeEvent.isComposing) return;
    // The buttons beside the field handle these keys themselves.
    if (key !== 'close' && event.target !== field.current) return;
    event.preventDefault();
    if (key === 'close') onClose();
    else if (key === 'run') {
      if (activeOption !== undefined) run(activeOption);
    } else {
      const step = key === 'next' ? 1 : -1;
      setSelectedKey(options[(activeIndex + step + options.length) % options.length]?.key ?? null);
    }
  };
  const onText = (text: string) => {
    // The active option stays while the query grows.
    if (!text.startsWith(query)) setSelectedKey(null);
    setQuery(text);
  };

  const editLine = (applyEdit: () => void) => {
    applyEdit();
    field.current?.focus();
  };
  const edits: LineEdits = {
    carryText: (id) => editLine(() => presenceCommand.carryText(id)),
    clearText: () => editLine(() => setQuery(`${query.trimEnd()} ${NO_TEXT}`)),
    treatAsText: (text) => editLine(() => setLiteralTexts((before) => new Set(before).add(text))),
    replace: ({ start, end }, text) =>
      editLine(() => setQuery(query.slice(0, start) + text + query.slice(end))),
    moveToEnd: ({ start, end }, text) =>
      editLine(() =>
        setQuery(
          [query.slice(0, start), query.slice(end), text]
            .map((part) => part.trim())
            .filter(Boolean)
            .join(' '),
        ),
      ),
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keeps keys within the dialog
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('keys.global.palette')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={onKeyDown}
    >
      <div className="palette-input">
        <Search size={18} aria-hidden="true" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={t('keys.global.palette')}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={activeOption === undefined ? undefined : `${id}-${activeIndex}`}
          aria-describedby={`${id}-how`}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          placeholder={t('palette.placeholder')}
          value={query}
          {...inputHandlers(onText)}
        />
        <button
          type="button"
          className="icon-button palette-close"
          aria-label={t('ui.close')}
          onClick={() => onClose()}
        >
          <Kbd shortcut={SHORTCUTS.results.close[0]} />
          <X size={20} aria-hidden="true" />
        </button>
      </div>
      <p id={`${id}-how`} className="visually-hidden">
        {t('palette.instructions')}
      </p>
      {statusMessage}
      <div className="palette-body">
        <div className="palette-results">
          <OptionList
            {...{ id, groups, activeOption }}
            onActivate={(option) => setSelectedKey(option.key)}
            onRun={run}
          />
          {options.length === 0 && (
            <p className="palette-empty">{t('board.no-results', { query: truncate(query) })}</p>
          )}
        </div>
        <Preview option={activeOption} {...{ presenceCommand, edits }} onRun={run} />
      </div>
      <output className="visually-hidden">
        {query === '' ? '' : t('search.found', { count: options.length })}
      </output>
    </dialog>
  );
}
