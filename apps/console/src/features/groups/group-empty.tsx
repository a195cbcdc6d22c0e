import { FAVOURITES } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import './group-empty.css';

interface GroupEmptyProps {
  /** A group of the account's own; null where it has been removed. */
  id: string | null;
  onEdit: (id: string) => void;
  onEveryone: () => void;
}

/** A group of the account's own with nobody in it: says how that is changed. */
export function GroupEmpty({ id, onEdit, onEveryone }: GroupEmptyProps) {
  const t = useT();
  const texts = () => {
    if (id === null) return [t('group.gone'), t('group.gone-what')];
    return id === FAVOURITES
      ? [t('group.no-favourites'), t('group.no-favourites-what')]
      : [t('group.empty'), t('group.empty-what')];
  };
  const [heading, what] = texts();
  return (
    <div className="group-empty">
      <h2>{heading}</h2>
      <p>{what}</p>
      <div className="group-empty-ways">
        {id !== null && (
          <Button look="strong" onClick={() => onEdit(id)}>
            {t('group.add-people')}
          </Button>
        )}
        <Button onClick={onEveryone}>{t('board.show-everyone')}</Button>
      </div>
    </div>
  );
}
