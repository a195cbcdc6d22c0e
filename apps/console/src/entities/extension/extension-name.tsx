import { hasName, displayName } from './accessible-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useExtension, useDisambiguatingContext } from '../../data/socket/live-context.tsx';
import './extension-name.css';

/** Who it is; an extension that is not on the board any more keeps its place, and says so. */
export function ExtensionName({ id }: { id: string }) {
  const t = useT();
  const extension = useExtension(id);
  const context = useDisambiguatingContext(extension);
  if (extension === undefined) {
    return (
      <span className="extension-name">
        <span>{id}</span>
        <small>{t('group-sheet.not-on-board')}</small>
      </span>
    );
  }
  const { exten, person } = extension;
  const details = [
    hasName(extension) ? exten : '',
    context === null ? '' : t('person.context', { context }),
    person.department,
  ];
  return (
    <span className="extension-name">
      <bdi>{displayName(t, extension)}</bdi>
      <small>{details.filter((detail) => detail !== '').join(' · ')}</small>
    </span>
  );
}
