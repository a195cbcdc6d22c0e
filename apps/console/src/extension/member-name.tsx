import { isNamed, nameText } from './extension-words.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useRow, useTellingContext } from '../live/live-context.tsx';
import './member-name.css';

/** Who it is; an extension that is not on the board any more keeps its place, and says so. */
export function MemberName({ id }: { id: string }) {
  const t = useT();
  const row = useRow(id);
  const context = useTellingContext(row);
  if (row === undefined) {
    return (
      <span className="member-name">
        <span>{id}</span>
        <small>{t('group-sheet.not-on-board')}</small>
      </span>
    );
  }
  const { exten, person } = row;
  const facts = [
    isNamed(row) ? exten : '',
    context === null ? '' : t('person.context', { context }),
    person.department,
  ];
  return (
    <span className="member-name">
      <bdi>{nameText(t, row)}</bdi>
      <small>{facts.filter((fact) => fact !== '').join(' · ')}</small>
    </span>
  );
}
