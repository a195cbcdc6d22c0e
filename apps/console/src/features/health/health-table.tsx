import type { HealthPoint } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { CHARTS } from './charts.ts';
import type { Figures } from './figures.ts';

/** One row for so many milliseconds. */
const ROW_MS = 5 * 60_000;

/** The last point of every five minutes, the latest first. */
function rowsOf(points: readonly HealthPoint[]): readonly (readonly HealthPoint[])[] {
  const rows = new Map<number, HealthPoint[]>();
  for (const point of points) {
    const row = Math.ceil(point.at / ROW_MS);
    rows.set(row, [...(rows.get(row) ?? []), point]);
  }
  return [...rows.values()].toReversed();
}

/** The same in figures, for whoever would rather read them, or have them read. */
export function HealthTable({ points, figures }: { points: readonly HealthPoint[]; figures: Figures }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <details className="health-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('health.as-table')}</summary>
      {open && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
        <section className="health-scroll" aria-label={t('health.as-table')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('health.until')}</th>
                {CHARTS.map(({ name }) => (
                  <th key={name} scope="col">
                    {t(`health.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(points).map((row) => (
                <tr key={row[0]?.at}>
                  <th scope="row">{figures.minute(row.at(-1)?.at ?? 0)}</th>
                  {CHARTS.map(({ name, summed, value }) => (
                    <td key={name}>{value(t, figures, summed ? row : row.slice(-1))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
