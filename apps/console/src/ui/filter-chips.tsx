import { useT } from '../i18n/i18n-context.tsx';

interface FilterChipsProps<Filter extends string> {
  filters: readonly Filter[];
  /** The filter that is on; null for none. */
  selected: Filter | null;
  labelOf: (filter: Filter) => string;
  countOf: (filter: Filter) => number;
  onSelect: (filter: Filter | null) => void;
}

/** Filters of a list, each with its number of matches; one is on at a time, and is switched off by another click. */
export function FilterChips<Filter extends string>(props: FilterChipsProps<Filter>) {
  const { filters, selected, labelOf, countOf, onSelect } = props;
  const t = useT();
  return (
    <div className="chips">
      {filters.map((filter) => (
        <button
          key={filter}
          type="button"
          className="chip"
          aria-pressed={filter === selected}
          onClick={() => onSelect(filter === selected ? null : filter)}
        >
          {labelOf(filter)}
          <span>{countOf(filter).toLocaleString(t.locale)}</span>
        </button>
      ))}
    </div>
  );
}
