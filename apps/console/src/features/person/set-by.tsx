import type { ExtensionRow } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { useMoment } from '../../live/live-context.tsx';
import './set-by.css';

/** Who set the presence, and when; nothing where nobody saw it. */
export function SetBy({ row: { presenceBy, presenceSince } }: { row: ExtensionRow }) {
  const t = useT();
  const at = useMoment(presenceSince, useFormats().dayTime);
  if (presenceBy === null) return null;
  const name = presenceBy.kind === 'telephone' ? null : <bdi>{presenceBy.name}</bdi>;
  if (presenceBy.kind === 'return-time') {
    return (
      <p className="set-by">
        {at === null ? (
          <Phrase k="person.back-as-planned" values={{ name }} />
        ) : (
          <Phrase k="person.back-as-planned-at" values={{ name, at }} />
        )}
      </p>
    );
  }
  if (presenceBy.kind === 'telephone') {
    return (
      <p className="set-by">
        {at === null ? t('person.set-on-telephone') : t('person.set-on-telephone-at', { at })}
      </p>
    );
  }
  return (
    <p className="set-by">
      {at === null ? (
        <Phrase k="person.set-by" values={{ name }} />
      ) : (
        <Phrase k="person.set-by-at" values={{ name, at }} />
      )}
    </p>
  );
}
