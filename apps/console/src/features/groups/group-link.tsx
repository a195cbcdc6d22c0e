import { Pencil } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';

interface GroupLinkProps {
  label: string;
  count: number;
  href: string;
  current: boolean;
  onChoose: () => void;
  /** Null where there is nothing to edit. */
  onEdit: (() => void) | null;
}

/** One group of the board, and the way to what is in it. */
export function GroupLink({ label, count, href, current, onChoose, onEdit }: GroupLinkProps) {
  const t = useT();
  const link = useRef<HTMLAnchorElement>(null);
  // Of many groups, or on the one line of a narrow screen, it may be out of sight.
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <li className="group-link">
      <a
        ref={link}
        className="side-item"
        href={href}
        aria-current={current ? 'page' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onChoose();
        }}
      >
        <span className="side-label" dir="auto" title={label}>
          {label}
        </span>
        <span className="side-count">{count.toLocaleString(t.locale)}</span>
      </a>
      {onEdit !== null && (
        <button
          type="button"
          className="side-way group-edit"
          aria-label={t('group.edit-of', { name: label })}
          onClick={onEdit}
        >
          <Pencil size={14} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}
