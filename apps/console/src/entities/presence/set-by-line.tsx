import type { Extension } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { useLocalTime } from '../../data/socket/live-context.tsx';

/** Shows the actor of the presence and its time; nothing where that is unknown. */
export function SetByLine({ extension: { presenceSetBy, presenceSetAt } }: { extension: Extension }) {
  const t = useT();
  const when = useLocalTime(presenceSetAt, useFormats().dateTime);
  if (presenceSetBy === null) return null;
  if (presenceSetBy.kind === 'phone') {
    return (
      <p className="note set-by-line">
        {when === null ? t('person.set-from-phone') : t('person.set-from-phone-at', { at: when })}
      </p>
    );
  }
  const name = <bdi>{presenceSetBy.name}</bdi>;
  const messageKey = presenceSetBy.kind === 'return-time' ? 'person.set-by-schedule' : 'person.set-by';
  return (
    <p className="note set-by-line">
      {when === null ? (
        <Trans messageKey={messageKey} values={{ name }} />
      ) : (
        <Trans messageKey={`${messageKey}-at`} values={{ name, at: when }} />
      )}
    </p>
  );
}
