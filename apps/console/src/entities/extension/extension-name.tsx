import { distinctionText, hasName, displayName } from './accessible-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useExtension, useDistinction } from '../../data/socket/live-context.tsx';
import './result-list.css';

/** Name and details, or the id and a note where the extension is not on the board. */
export function ExtensionName({ id }: { id: string }) {
  const t = useT();
  const extension = useExtension(id);
  const distinction = useDistinction(id);
  if (extension === undefined) {
    return (
      <span className="extension-name">
        <span className="truncate">{id}</span>
        <small className="note truncate">{t('group-editor.not-on-board')}</small>
      </span>
    );
  }
  const { exten, person } = extension;
  const details = [
    hasName(extension) ? exten : '',
    distinction === null ? '' : distinctionText(t, distinction),
    person.department,
  ];
  return (
    <span className="extension-name">
      <bdi className="truncate">{displayName(t, extension)}</bdi>
      <small className="note truncate">{details.filter((detail) => detail !== '').join(' · ')}</small>
    </span>
  );
}
