import { KINDS, type Kind, type Me, PAGE_PATHS, canManageAccounts } from '@lampboard/protocol';
import { FileDown, FileUp } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { basePath } from '../../data/http/base-path.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { type DirectoryItem, SHOWS, type Show, countItems, filterItems } from './directory-items.ts';
import { DirectoryTable } from './directory-table.tsx';
import { EntryDialog, UnmatchedDialog } from './entry-dialog.tsx';
import { NO_DRAFT } from './entry-draft.ts';
import { useDirectory } from './use-directory.ts';
import '../../ui/styles/page.css';
import './directory.css';

export function DirectoryScreen({ me }: { me: Me }) {
  const t = useT();
  const allowed = canManageAccounts(me);
  return (
    <main className="page-container directory-page">
      <header className="page-header">
        <h1>{t('directory.heading')}</h1>
        {allowed && (
          <div className="button-row">
            <Link href={PAGE_PATHS.importDirectory} className="button button-secondary">
              <FileUp size={16} aria-hidden="true" />
              {t('import.heading')}
            </Link>
            <a className="button button-secondary" href={`${basePath()}/api/directory.csv`} download>
              <FileDown size={16} aria-hidden="true" />
              {t('audit.save')}
            </a>
          </div>
        )}
      </header>
      {allowed ? <Directory /> : <p className="subtle">{t('directory.admins-only')}</p>}
    </main>
  );
}

const NO_ITEMS: readonly DirectoryItem[] = [];

function Directory() {
  const t = useT();
  const { items: loaded, drafts, updateDraft, failure, refresh } = useDirectory();
  const items = loaded ?? NO_ITEMS;
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<Kind | null>(null);
  const [show, setShow] = useState<Show | null>(null);
  const deferredQuery = useDeferredValue(query);
  const shown = useMemo(
    () => filterItems(items, { query: deferredQuery, kind, show }),
    [items, deferredQuery, kind, show],
  );
  const [openId, setOpenId] = useState<string | null>(null);
  const opened = items.find(({ id }) => id === openId);
  const close = () => setOpenId(null);
  const labelOf = (id: string) => {
    const item = items.find((other) => other.id === id);
    return item === undefined ? id : numberAndLabel(item);
  };

  return (
    <>
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
      {loaded !== null && (
        <>
          <p className="subtle directory-intro">{t('directory.intro')}</p>
          <div className="directory-filter">
            <SearchField label={t('search.label')} value={query} onValueChange={setQuery} />
            <SelectField
              label={t('directory.field.kind')}
              options={[
                { value: '', label: t('directory.all-kinds') },
                ...KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) })),
              ]}
              value={kind ?? ''}
              onValueChange={(value) => setKind(KINDS.find((one) => one === value) ?? null)}
            />
          </div>
          <div className="directory-shows">
            <FilterChips
              filters={SHOWS}
              selected={show}
              labelOf={(one) => t(`directory.show.${one}`)}
              countOf={(one) => countItems(items, one)}
              onSelect={setShow}
            />
            <output className="note">
              {shown.length === items.length
                ? t('directory.count', { count: items.length })
                : t('directory.count-of', { count: shown.length, total: items.length })}
            </output>
          </div>
          {shown.length === 0 ? (
            <p className="subtle">{t(items.length === 0 ? 'directory.empty' : 'directory.no-match')}</p>
          ) : (
            <DirectoryTable items={shown} drafts={drafts} labelOf={labelOf} onOpen={setOpenId} />
          )}
        </>
      )}
      {opened?.entry && (
        <EntryDialog
          key={opened.id}
          item={opened}
          entry={opened.entry}
          draft={drafts.get(opened.id) ?? NO_DRAFT}
          labelOf={labelOf}
          onDraft={(update) => updateDraft(opened.id, update)}
          refresh={refresh}
          onClose={close}
        />
      )}
      {opened?.unmatched && <UnmatchedDialog item={opened} unmatched={opened.unmatched} onClose={close} />}
    </>
  );
}

const numberAndLabel = ({ number, label }: DirectoryItem) =>
  label.includes(number) ? label : `${number} ${label}`;
