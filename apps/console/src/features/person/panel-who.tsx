import type { ExtensionRow } from '@lampboard/protocol';
import { ArrowLeft, Star, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { isNamed, nameText } from '../../extension/extension-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useTellingContext } from '../../live/live-context.tsx';
import { useIsFavourite, useOwn } from '../../own/own-context.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import './panel-who.css';

interface PanelWhoProps {
  id: string;
  row: ExtensionRow | undefined;
  modal: boolean;
  heading: Ref<HTMLHeadingElement>;
  headingId: string;
  account: ReactNode;
  onClose: () => void;
}

/** Who is open, always in view, and the way back. */
export function PanelWho({ id, row, modal, heading, headingId, account, onClose }: PanelWhoProps) {
  const t = useT();
  const context = useTellingContext(row);
  return (
    <div className="panel-who">
      <button
        type="button"
        className="panel-close"
        aria-label={modal ? t('person.back') : t('person.close')}
        onClick={onClose}
      >
        <ArrowLeft className="panel-back-icon" size={20} aria-hidden="true" />
        <X className="panel-close-icon" size={18} aria-hidden="true" />
      </button>
      <Avatar name={row !== undefined && isNamed(row) ? row.person.name : ''} />
      <div>
        <h2 ref={heading} id={headingId} tabIndex={-1} dir="auto">
          {row === undefined ? id : nameText(t, row)}
          {context !== null && <span className="unseen"> ({context})</span>}
        </h2>
        {row !== undefined && <Facts row={row} />}
        {account}
      </div>
      <FavouriteStar id={id} />
    </div>
  );
}

function FavouriteStar({ id }: { id: string }) {
  const t = useT();
  const own = useOwn();
  const isFavourite = useIsFavourite(id);
  return (
    <button
      type="button"
      className="panel-star"
      aria-pressed={isFavourite}
      aria-label={t('person.favourite')}
      title={t('person.favourite')}
      onClick={() => own.toggleFavourite(id)}
    >
      <Star size={17} aria-hidden="true" />
    </button>
  );
}

function Facts({ row }: { row: ExtensionRow }) {
  const t = useT();
  const telling = useTellingContext(row);
  const { exten, context, person } = row;
  return (
    <>
      <ul className="panel-facts">
        {isNamed(row) && <li title={t('person.context', { context })}>{exten}</li>}
        {telling !== null && <li>{t('person.context', { context })}</li>}
        {person.department !== '' && <li dir="auto">{person.department}</li>}
        {person.mobile !== '' && (
          <li>
            <a href={`tel:${person.mobile.replaceAll(/[^+\d]/g, '')}`}>{person.mobile}</a>
          </li>
        )}
      </ul>
      {person.email !== '' && (
        <p className="panel-facts">
          <a href={`mailto:${encodeURIComponent(person.email).replace('%40', '@')}`}>{person.email}</a>
        </p>
      )}
    </>
  );
}
