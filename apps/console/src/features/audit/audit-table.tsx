import type { AuditEntry } from '@lampboard/protocol';
import { useMemo } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';

/** The newest first; on a phone, what has no column stands under the event. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useT();
  const time = useMemo(() => {
    const format = new Intl.DateTimeFormat(t.locale, { dateStyle: 'short', timeStyle: 'medium' });
    return (at: number) => format.format(at);
  }, [t.locale]);
  return (
    <div className="page-table-frame">
      <table className="page-table audit-table">
        <thead>
          <tr>
            <th scope="col">{t('audit.at')}</th>
            <th scope="col">{t('audit.event')}</th>
            <th scope="col">{t('audit.by')}</th>
            <th scope="col">{t('audit.about')}</th>
            <th scope="col">{t('audit.address')}</th>
            <th scope="col">{t('audit.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, event, by, about, address, detail }) => (
            <tr key={id}>
              <td className="audit-time">{time(at)}</td>
              <th scope="row">
                {t(`audit.event.${event}`)}
                <p className="audit-more" aria-hidden="true">
                  {[time(at), by, about, address, detail].filter(Boolean).join(' · ')}
                </p>
              </th>
              <td>
                <bdi>{by}</bdi>
              </td>
              <td>
                <bdi>{about}</bdi>
              </td>
              <td>{address}</td>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
