import type { Extension } from '@lampboard/protocol';
import { ArrowLeft, Star, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import {
  distinctionLabel,
  distinctionText,
  hasName,
  displayName,
} from '../../entities/extension/accessible-name.ts';
import { furtherNumbers } from '../../entities/extension/select/search.ts';
import { kindLabel } from '../../entities/kind/kinds.ts';
import { KindIcon } from '../../entities/extension/lamp.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDistinction } from '../../data/socket/live-context.tsx';
import { photoUrl } from '../../data/http/base-path.ts';
import { useIsFavourite, useSettings } from '../../data/preferences/settings-context.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/button.tsx';
import './person.css';

interface PersonHeaderProps {
  id: string;
  extension: Extension | undefined;
  modal: boolean;
  heading: Ref<HTMLHeadingElement>;
  headingId: string;
  account: ReactNode;
  onClose: () => void;
}

export function PersonHeader({
  id,
  extension,
  modal,
  heading,
  headingId,
  account,
  onClose,
}: PersonHeaderProps) {
  const t = useT();
  const distinction = useDistinction(id);
  return (
    <div className="person-header">
      <button
        type="button"
        className="icon-button person-close"
        aria-label={modal ? t('person.back') : t('ui.close')}
        onClick={onClose}
      >
        <ArrowLeft className="person-back-icon" size={20} aria-hidden="true" />
        <X className="person-close-icon" size={18} aria-hidden="true" />
      </button>
      {extension === undefined || extension.kind === 'person' ? (
        <Avatar
          name={extension !== undefined && hasName(extension) ? extension.person.name : ''}
          photo={photoUrl(extension?.person.photo)}
        />
      ) : (
        <KindIcon kind={extension.kind} />
      )}
      <div>
        <h2 ref={heading} id={headingId} tabIndex={-1} dir="auto">
          {extension === undefined ? id : displayName(t, extension)}
          {distinction !== null && (
            <span className="visually-hidden"> ({distinctionLabel(distinction)})</span>
          )}
        </h2>
        {extension !== undefined && <ContactDetails extension={extension} />}
        {account}
      </div>
      <FavouriteStar id={id} />
    </div>
  );
}

function FavouriteStar({ id }: { id: string }) {
  const t = useT();
  const settings = useSettings();
  const isFavourite = useIsFavourite(id);
  return (
    <IconButton
      className="person-favourite"
      Icon={Star}
      size={17}
      label={t('person.favourite')}
      title={t('person.favourite')}
      aria-pressed={isFavourite}
      onClick={() => settings.toggleFavourite(id)}
    />
  );
}

function ContactDetails({ extension }: { extension: Extension }) {
  const t = useT();
  const distinction = useDistinction(extension.id);
  const { exten, context, person } = extension;
  const kind = kindLabel(t, extension);
  const numbers = [...new Set(furtherNumbers(extension))].filter((number) => number !== exten);
  return (
    <>
      <ul className="person-facts">
        {hasName(extension) && <li title={t('person.context', { context })}>{exten}</li>}
        {hasName(extension) && kind !== null && <li>{kind}</li>}
        {distinction !== null && <li dir="auto">{distinctionText(t, distinction)}</li>}
        {numbers.length > 0 && <li>{t('person.further-numbers', { numbers: numbers.join(', ') })}</li>}
        {person.department !== '' && <li dir="auto">{person.department}</li>}
        {person.mobile !== '' && (
          <li>
            <a href={`tel:${person.mobile.replaceAll(/[^+\d]/g, '')}`}>{person.mobile}</a>
          </li>
        )}
      </ul>
      {person.email !== '' && (
        <p className="person-facts">
          <a href={`mailto:${encodeURIComponent(person.email).replace('%40', '@')}`}>{person.email}</a>
        </p>
      )}
    </>
  );
}
