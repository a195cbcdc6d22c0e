import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Filters } from './filters.tsx';
import type { Group } from './groups.ts';
import { useFilter } from './use-filter.ts';

/** Where there is no room for the filters: opens them over the page. */
export function FilterChip({ group }: { group: Group }) {
  const t = useT();
  const { pressed } = useFilter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="side-item filter-chip"
        aria-haspopup="dialog"
        data-chosen={pressed > 0 || undefined}
        onClick={() => setOpen(true)}
      >
        <ListFilter size={15} aria-hidden="true" />
        <span className="side-label">{t('filter.filter')}</span>
        {pressed > 0 && <span className="side-count">{pressed.toLocaleString(t.locale)}</span>}
      </button>
      {open && (
        <Dialog heading={t('filter.filter')} onClose={() => setOpen(false)}>
          <Filters group={group} />
        </Dialog>
      )}
    </>
  );
}
