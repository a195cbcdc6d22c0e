import { type AuditEntry, AUDIT_PAGE_SIZE, DIRECTORY_FIELDS, type Me, isAllowed } from '@lampboard/protocol';
import { useMemo } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../../data/http/api-context.tsx';
import { basePath } from '../../data/http/base-path.ts';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { fieldLabel } from '../../entities/directory/field-text.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import type { Translate } from '../../i18n/translate.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import '../../ui/styles/page.css';
import './audit-screen.css';

export function AuditScreen({ me }: { me: Me }) {
  const t = useT();
  const allowed = isAllowed(me, 'list-audit', { beforeId: null });
  return (
    <main className="page-container">
      <header className="page-header">
        <h1>{t('audit.heading')}</h1>
        {allowed && (
          <a className="button button-secondary" href={`${basePath()}/api/audit.csv`} download>
            {t('audit.save')}
          </a>
        )}
      </header>
      {allowed ? <Entries /> : <p className="subtle">{t('audit.admins-only')}</p>}
    </main>
  );
}

function Entries() {
  const t = useT();
  const api = useApi();
  const { data, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery(
    {
      queryKey: ['list-audit'],
      queryFn: ({ pageParam }) => api.sendCommand('list-audit', { beforeId: pageParam }),
      initialPageParam: null as number | null,
      getNextPageParam: (last) =>
        last.ok && last.value.length === AUDIT_PAGE_SIZE ? (last.value.at(-1)?.id ?? null) : null,
      retry: false,
      networkMode: 'always',
    },
    useQueryClient(),
  );
  const pages = data?.pages ?? [];
  const failure = pages.find((page) => !page.ok);
  const entries: AuditEntry[] = pages.flatMap((page) => (page.ok ? page.value : []));
  return (
    <>
      {failure?.ok === false && <Alert>{failureMessage(t, failure)}</Alert>}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {data !== undefined && failure === undefined && entries.length === 0 && (
        <p className="subtle">{t('audit.empty')}</p>
      )}
      {hasNextPage && (
        <div>
          <Button disabled={isFetching} onClick={() => void fetchNextPage()}>
            {t('audit.older')}
          </Button>
        </div>
      )}
    </>
  );
}

const COLUMNS = ['at', 'event', 'by', 'about', 'address', 'detail'] as const;

/** Returns the details, those of the directory in words. */
function detailText(t: Translate, { event, detail }: AuditEntry): string {
  if (event !== 'directory-changed') return detail;
  if (detail === 'import') return t('import.heading');
  const texts = detail.split(' ').map((name) => {
    const field = DIRECTORY_FIELDS.find((one) => one === name.replace(/^-/u, ''));
    if (field === undefined) return name;
    const label = fieldLabel(t, field);
    return name.startsWith('-') ? t('audit.taken-back', { field: label }) : label;
  });
  return texts.join(', ');
}

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useT();
  const time = useMemo(() => {
    const format = new Intl.DateTimeFormat(t.locale, { dateStyle: 'short', timeStyle: 'medium' });
    return (timestamp: number) => format.format(timestamp);
  }, [t.locale]);
  return (
    <div className="card">
      <table className="page-table audit-table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`audit.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { id, timestamp, event, actor, target, address } = entry;
            const detail = detailText(t, entry);
            return (
              <tr key={id}>
                <td>{time(timestamp)}</td>
                <th scope="row">
                  {t(`audit.event.${event}`)}
                  <p className="note page-table-details" aria-hidden="true">
                    {[time(timestamp), actor, target, address, detail].filter(Boolean).join(' · ')}
                  </p>
                </th>
                <td>
                  <bdi>{actor}</bdi>
                </td>
                <td>
                  <bdi>{target}</bdi>
                </td>
                <td>{address}</td>
                <td>{detail}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
