import { type ReactNode, useId, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';

/** More lines are counted only. */
const MAX_LINES = 50;
const FOLDED_LINES = 3;

interface DeskPartProps<T> {
  /** Finds the part again after one of its lines has gone. */
  name: string;
  heading: string;
  /** At the end of the heading. */
  aside?: ReactNode;
  items: readonly T[];
  /** Shows all lines, instead of three until more are asked for. */
  unfolded: boolean;
  /** Cards instead of lines. */
  cards?: boolean;
  /** Such as `2 more until 14:18`. */
  moreLabel?: (count: number) => string;
  children: (item: T) => ReactNode;
}

/** A heading with a list of lines; nothing without lines. */
export function DeskPart<T>({
  name,
  heading,
  aside,
  items,
  unfolded,
  cards = false,
  moreLabel,
  children,
}: DeskPartProps<T>) {
  const t = useT();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  if (items.length === 0) return null;
  const shown = items.slice(0, unfolded || isOpen ? MAX_LINES : FOLDED_LINES);
  const hiddenCount = items.length - shown.length;
  const label = (moreLabel ?? ((count) => t('desk.more', { count })))(hiddenCount);
  const canFold = !unfolded && items.length > FOLDED_LINES;
  return (
    <section className="desk-part" data-part={name} aria-labelledby={id}>
      <h2 id={id}>
        {heading} <span className="desk-count">{items.length}</span>
      </h2>
      {aside !== undefined && <span className="desk-aside">{aside}</span>}
      <ul className={cards ? 'desk-cards' : undefined}>{shown.map((item) => children(item))}</ul>
      {canFold ? (
        <button
          type="button"
          className="text-button desk-more"
          aria-expanded={isOpen}
          aria-describedby={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? t('desk.fewer') : label}
        </button>
      ) : (
        hiddenCount > 0 && <p className="desk-more">{label}</p>
      )}
    </section>
  );
}
