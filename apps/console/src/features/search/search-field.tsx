import { Search as SearchIcon, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
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
  /** What was found, for those who cannot see it. */
  news: string;
}

export function SearchField({ field, value, onChange, onOpen, onLeave, news }: SearchFieldProps) {
  const id = useId();

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    // The key that leads here, pressed once more, is no part of the search.
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === '/' && selectionStart === 0 && selectionEnd === value.length) event.preventDefault();
    if (event.key === 'Escape') {
      event.preventDefault();
      if (value === '') onLeave();
      else onChange('');
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      onOpen();
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    }
  };

  return (
    <search className="search-field">
      <SearchIcon size={16} aria-hidden="true" />
      <label className="unseen" htmlFor={id}>
        Search
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
        aria-keyshortcuts="/"
        placeholder="Find by name, number, department, message"
        value={value}
        onKeyDown={onKeyDown}
        {...textHandlers(onChange)}
      />
      {value === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            onChange('');
            field.current?.focus();
          }}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
      <output className="unseen">{news}</output>
    </search>
  );
}
