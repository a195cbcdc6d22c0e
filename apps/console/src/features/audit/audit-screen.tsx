import { AUDIT_PAGE, type AuditEntry, type Me, may } from '@lampboard/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { useQueryClient } from '../../api/use-query-client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { AuditTable } from './audit-table.tsx';
import '../../ui/page-column.css';
import '../../ui/page-table.css';
import './audit-screen.css';

/** Who did what to accounts, sessions and settings, and who was refused. */
export function AuditScreen({ me }: { me: Me }) {
  const t = useT();
  const allowed = may(me, 'list-audit', { before: null });
  return (
    <main className="page-column audit-screen">
      <header className="page-head">
        <h1>{t('audit.heading')}</h1>
        {allowed && (
          <a className="button button-plain" href="/api/audit.csv" download>
            {t('audit.save')}
          </a>
        )}
      </header>
      {allowed ? <Entries /> : <p className="audit-note">{t('audit.admins-only')}</p>}
    </main>
  );
}

function Entries() {
  const t = useT();
  const api = useApi();
  const { data, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery(
    {
      queryKey: ['list-audit'],
      queryFn: ({ pageParam }) => api.ask('list-audit', { before: pageParam }),
      initialPageParam: null as number | null,
      getNextPageParam: (last) =>
        last.ok && last.value.length === AUDIT_PAGE ? (last.value.at(-1)?.id ?? null) : null,
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
      {failure?.ok === false && <Alert>{failureWords(t, failure)}</Alert>}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {data !== undefined && failure === undefined && entries.length === 0 && (
        <p className="audit-note">{t('audit.empty')}</p>
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
