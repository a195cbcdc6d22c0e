import type { Back, Presence, SetPresenceReply } from '@lampboard/protocol';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { KEYS, boundKey } from '../../ui/keys.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { textHandlers } from '../../ui/text-handlers.ts';
import { useModal } from '../../ui/use-modal.ts';
import { echo } from './echo.ts';
import type { LineEdits } from './line-edits.ts';
import { OptionList } from './option-list.tsx';
import type { PaletteOption } from './option.ts';
import { Preview } from './preview.tsx';
import { NO_TEXT } from './quick-line.ts';
import { type PaletteSources, useOptions } from './use-options.ts';
import { useSet } from './use-set.ts';
import './palette.css';

export interface PaletteProps extends PaletteSources {
  onOpen: (id: string) => void;
  /** Sets a presence, once; whoever does it tells that it was done, and offers to undo it. */
  onSet: (id: string, presence: Presence, back: Back | null) => Promise<SetPresenceReply>;
  /** Hands over what was typed before the line was there. */
  takeTyped: () => string;
  /** Closes, and only then does what follows: by then the focus is back where it was. */
  onClose: (then?: () => void) => void;
  /** Always in view, such as that the board is not live. */
  news: ReactNode;
}

/** One line to find anybody, to set anybody, and to do anything: what is marked is told in full before it is done. */
export function Palette({ onOpen, onSet, takeTyped, onClose, news, ...sources }: PaletteProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [moved, setMoved] = useState<string | null>(null);
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set());
  const groups = useOptions(query, plain, sources);
  const set = useSet({ onSet, onDone: () => onClose() });
  useModal(dialog, field);
  useLayoutEffect(() => {
    const typed = takeTyped();
    // oxlint-disable-next-line react/set-state-in-effect -- typed while this was on its way; only from here on are keys the line's
    if (typed !== '') setQuery(typed);
  }, [takeTyped]);

  const options = groups.flatMap((group) => group.options);
  const place = Math.max(
    0,
    options.findIndex(({ key }) => key === moved),
  );
  const marked = options[place];

  const run = (option: PaletteOption) => {
    if (option.kind === 'open') onClose(() => onOpen(option.id));
    else if (option.kind === 'command') onClose(option.command.run);
    else set.send(option);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const key = boundKey('hits', event);
    if (key === null || event.nativeEvent.isComposing) return;
    // The buttons beside the line have their own use for these.
    if (key !== 'close' && event.target !== field.current) return;
    event.preventDefault();
    if (key === 'close') onClose();
    else if (key === 'run') {
      if (marked !== undefined) run(marked);
    } else {
      const step = key === 'next' ? 1 : -1;
      setMoved(options[(place + step + options.length) % options.length]?.key ?? null);
    }
  };
  const onText = (text: string) => {
    // Who was marked stays so while the line grows; another line begins at its best hit.
    if (!text.startsWith(query)) setMoved(null);
    setQuery(text);
  };

  const change = (act: () => void) => {
    act();
    field.current?.focus();
  };
  const edits: LineEdits = {
    keepText: (id) => change(() => set.keepText(id)),
    clearText: () => change(() => setQuery(`${query.trimEnd()} ${NO_TEXT}`)),
    keepAsText: (text) => change(() => setPlain((before) => new Set(before).add(text))),
    replace: ({ start, end }, text) =>
      change(() => setQuery(query.slice(0, start) + text + query.slice(end))),
    moveToEnd: ({ start, end }, text) =>
      change(() =>
        setQuery(
          [query.slice(0, start), query.slice(end), text]
            .map((part) => part.trim())
            .filter(Boolean)
            .join(' '),
        ),
      ),
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of what is in it stay in it
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.label')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={onKeyDown}
    >
      <div className="palette-line">
        <Search size={18} aria-hidden="true" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={marked === undefined ? undefined : `${id}-${place}`}
          aria-describedby={`${id}-how`}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          placeholder={t('palette.placeholder')}
          value={query}
          {...textHandlers(onText)}
        />
        <button type="button" className="palette-close" aria-label={t('ui.close')} onClick={() => onClose()}>
          <KeyCaps of={KEYS.hits.close[0]} />
          <X size={20} aria-hidden="true" />
        </button>
      </div>
      <p id={`${id}-how`} className="unseen">
        {t('palette.how')}
      </p>
      {news}
      <div className="palette-body">
        <div className="palette-hits">
          <OptionList {...{ id, groups, marked }} onMark={(option) => setMoved(option.key)} onRun={run} />
          {options.length === 0 && (
            <p className="palette-nothing">{t('palette.nothing', { query: echo(query) })}</p>
          )}
        </div>
        <Preview option={marked} {...{ set, edits }} onRun={run} />
      </div>
      <output className="unseen">{query === '' ? '' : t('search.found', { count: options.length })}</output>
    </dialog>
  );
}
