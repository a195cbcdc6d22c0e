import { Command, Search as SearchIcon, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { KEYS, ariaKeys, boundKey } from '../../ui/keys.ts';
import { textHandlers } from '../../ui/text-handlers.ts';
import './search-field.css';

interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (value: string) => void;
  /** Enter: opens the hit that is marked. */
  onOpen: () => void;
  /** Arrow down, and Escape where there is nothing to clear: goes on to the tiles. */
  onLeave: () => void;
  /** To the palette, which finds and does everything. */
  onPalette: () => void;
  /** What was found, for those who cannot see it. */
  news: string;
}

export function SearchField({ field, value, onChange, onOpen, onLeave, onPalette, news }: SearchFieldProps) {
  const t = useT();
  const id = useId();

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    // The key that leads here, pressed once more, is no part of the search.
    const { selectionStart, selectionEnd } = event.currentTarget;
    const untouched = selectionStart === 0 && selectionEnd === value.length;
    if (untouched && boundKey('everywhere', event) === 'find') event.preventDefault();
    const key = boundKey('search', event);
    if (key === null) return;
    event.preventDefault();
    if (key === 'open') onOpen();
    else if (key === 'toTiles' || value === '') onLeave();
    else onChange('');
  };

  return (
    <search className="search-field">
      <SearchIcon size={16} aria-hidden="true" />
      <label className="unseen" htmlFor={id}>
        {t('search.label')}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        aria-keyshortcuts={ariaKeys(KEYS.everywhere.find)}
        placeholder={t('search.placeholder')}
        value={value}
        onKeyDown={onKeyDown}
        {...textHandlers(onChange)}
      />
      {value === '' ? (
        <span className="search-hint" aria-hidden="true">
          <KeyCaps of={KEYS.everywhere.find[0]} />
        </span>
      ) : (
        <button
          type="button"
          aria-label={t('search.clear')}
          onClick={() => {
            onChange('');
            field.current?.focus();
          }}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className="search-palette"
        aria-label={t('palette.label')}
        title={t('palette.label')}
        aria-keyshortcuts={ariaKeys(KEYS.everywhere.palette)}
        onClick={onPalette}
      >
        <KeyCaps of={KEYS.everywhere.palette[0]} />
        <Command size={17} aria-hidden="true" />
      </button>
      <output className="unseen">{news}</output>
    </search>
  );
}
