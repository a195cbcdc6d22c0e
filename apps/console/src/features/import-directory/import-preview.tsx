import {
  DIRECTORY_FIELDS,
  type Failure,
  type ImportChange,
  type ImportPreview,
  type ImportProblem,
} from '@lampboard/protocol';
import { type ReactNode, useId, useState } from 'react';
import { fieldLabel, fieldText } from '../../entities/directory/field-text.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';

/** Lines of a list that are shown at first, and more with each click. */
const PAGE_SIZE = 200;

interface PreviewProps {
  preview: ImportPreview;
  fileName: string | null;
  isGuessed: boolean;
  isPending: boolean;
  failure: Failure | null;
  onCancel: () => void;
  onImport: () => void;
}

/** True if the change replaces no value that counts now. */
const isAddition = ({ before }: ImportChange) =>
  Object.values(before).every((value) => value === undefined || value === '' || value === false);

/** Changes of an import, and the rows that it omits. */
export function PreviewOfImport(props: PreviewProps) {
  const { preview, fileName, isGuessed, isPending, failure, onCancel, onImport } = props;
  const t = useT();
  const { changes, unchanged, problems } = preview;
  const added = changes.filter(isAddition);
  const changed = changes.filter((change) => !isAddition(change));
  const unmatched = problems.filter(({ problem }) => problem === 'no-hint' || problem === 'lost-zeros');
  const faulty = problems.filter((problem) => !unmatched.includes(problem));
  return (
    <>
      <p className="subtle">
        {fileName === null ? t('import.of-text') : t('import.of-file', { name: fileName })}
      </p>
      {isGuessed && <p className="import-guess">{t('import.guessed')}</p>}
      <ul className="import-counts">
        {(
          [
            ['added', added.length],
            ['changed', changed.length],
            ['unchanged', unchanged],
            ['unmatched', unmatched.length],
            ['faulty', faulty.length],
          ] as const
        ).map(([key, count]) => (
          <li key={key} className="card" data-count={count}>
            <strong>{count.toLocaleString(t.locale)}</strong> {t(`import.count.${key}`)}
          </li>
        ))}
      </ul>
      <List heading={t('import.faulty')} note={t('import.faulty-note')} items={faulty}>
        {(problem) => <Problem key={`${problem.line} ${problem.problem}`} problem={problem} />}
      </List>
      <List heading={t('import.unmatched')} note={t('import.unmatched-note')} items={unmatched}>
        {(problem) => <Problem key={problem.line} problem={problem} />}
      </List>
      <List heading={t('import.changed')} items={changed}>
        {(change) => <Change key={change.id} change={change} />}
      </List>
      <List heading={t('import.added')} items={added}>
        {(change) => <Change key={change.id} change={change} />}
      </List>
      <div className="page-footer">
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        <output>{changes.length === 0 ? t('import.nothing') : t('import.confirm-note')}</output>
        <Button onClick={onCancel}>{t('add-accounts.back')}</Button>
        {changes.length > 0 && (
          <Button
            variant="primary"
            aria-disabled={isPending || undefined}
            onClick={() => {
              if (!isPending) onImport();
            }}
          >
            {isPending ? t('import.importing') : t('import.confirm', { count: changes.length })}
          </Button>
        )}
      </div>
    </>
  );
}

interface ListProps<T> {
  heading: string;
  note?: string;
  items: readonly T[];
  children: (item: T) => ReactNode;
}

function List<T>({ heading, note, items, children }: ListProps<T>) {
  const t = useT();
  const id = useId();
  const [limit, setLimit] = useState(PAGE_SIZE);
  if (items.length === 0) return null;
  const left = items.length - limit;
  return (
    <section className="page-section" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {note !== undefined && <p>{note}</p>}
      <ul className="card import-list">{items.slice(0, limit).map(children)}</ul>
      {left > 0 && (
        <div>
          <Button onClick={() => setLimit(limit + PAGE_SIZE)}>{t('import.more', { count: left })}</Button>
        </div>
      )}
    </section>
  );
}

function Problem({ problem: { line, problem, extension, suggestion } }: { problem: ImportProblem }) {
  const t = useT();
  return (
    <li className="import-problem">
      <span className="note">{t('directory.line', { line })}</span>
      <bdi>{extension}</bdi>
      <span>
        {suggestion === undefined
          ? t(`import.problem.${problem}`)
          : t('import.problem.suggestion', { suggestion })}
      </span>
    </li>
  );
}

function Change({ change: { id, name, before, after } }: { change: ImportChange }) {
  const t = useT();
  return (
    <li className="import-change">
      <p>
        <bdi>{name || after.name || id}</bdi> <span className="note">{id}</span>
      </p>
      <dl>
        {DIRECTORY_FIELDS.filter((field) => after[field] !== undefined).map((field) => {
          const previous = fieldText(t, field, before);
          return (
            <div key={field}>
              <dt>{fieldLabel(t, field)}</dt>
              <dd>
                {previous !== null && (
                  <>
                    <del dir="auto">{previous}</del> <span aria-hidden="true">→</span>{' '}
                  </>
                )}
                <ins dir="auto">{fieldText(t, field, after)}</ins>
              </dd>
            </div>
          );
        })}
      </dl>
    </li>
  );
}
