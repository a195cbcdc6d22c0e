import type { Extension } from '@lampboard/protocol';
import { useFormats } from '../../i18n/formats.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { useLocalTime } from '../../data/socket/live-context.tsx';
import './set-by-line.css';

/** Who set the presence, and when; nothing where nobody saw it. */
export function SetByLine({ extension: { presenceSetBy, presenceSetAt } }: { extension: Extension }) {
  const t = useT();
  const when = useLocalTime(presenceSetAt, useFormats().dateTime);
  if (presenceSetBy === null) return null;
  const name = presenceSetBy.kind === 'phone' ? null : <bdi>{presenceSetBy.name}</bdi>;
  if (presenceSetBy.kind === 'return-time') {
    return (
      <p className="set-by-line">
        {when === null ? (
          <Trans messageKey="person.back-as-planned" values={{ name }} />
        ) : (
          <Trans messageKey="person.back-as-planned-at" values={{ name, at: when }} />
        )}
      </p>
    );
  }
  if (presenceSetBy.kind === 'phone') {
    return (
      <p className="set-by-line">
        {when === null ? t('person.set-on-telephone') : t('person.set-on-telephone-at', { at: when })}
      </p>
    );
  }
  return (
    <p className="set-by-line">
      {when === null ? (
        <Trans messageKey="person.set-by" values={{ name }} />
      ) : (
        <Trans messageKey="person.set-by-at" values={{ name, at: when }} />
      )}
    </p>
  );
}
