import type { EditRecord, EditResult } from '@lampboard/protocol';
import { isPresenceState } from '@lampboard/protocol';
import { useId } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { useMoment } from '../../live/live-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import './edit-list.css';

const MOST = 6;

/** What became of an edit that did not go through. */
function resultWords(t: Translate, result: Exclude<EditResult, 'ok'>): string {
  if (result === 'conflict') return t('edits.conflict');
  if (result === 'overtaken') return t('edits.overtaken');
  if (result === 'timeout' || result === 'link-down') return t('edits.no-answer');
  return t('edits.refused');
}

/** Who set what lately through Lampboard. */
export function EditList({ edits }: { edits: readonly EditRecord[] }) {
  const t = useT();
  const id = useId();
  return (
    <section className="edit-list" aria-labelledby={id}>
      <FieldHeading id={id}>{t('edits.edits')}</FieldHeading>
      {edits.length === 0 && <FieldNote>{t('edits.none')}</FieldNote>}
      <ul>
        {edits.slice(0, MOST).map((edit, index) => (
          // Counted from the oldest: two may be of one moment, and new ones come first.
          <Edit key={edits.length - index} edit={edit} />
        ))}
      </ul>
    </section>
  );
}

function Edit({ edit: { by, planned, at, to, back, result } }: { edit: EditRecord }) {
  const t = useT();
  const { dayTime, backTime } = useFormats();
  const when = useMoment(at, dayTime);
  const said = [to.subtype, to.message].filter((text) => text.trim() !== '').join(' · ');
  return (
    <li data-refused={result !== 'ok' || undefined}>
      <p>
        <strong>{isPresenceState(to.state) ? t(`presence.${to.state}`) : to.state}</strong>
        {back !== null && (
          <span className="edit-said">, {t('edits.back', { time: backTime(back.at, at) })}</span>
        )}
        {said !== '' && (
          <>
            {' '}
            <bdi className="edit-said" title={said}>
              {said}
            </bdi>
          </>
        )}
      </p>
      <p className="edit-facts">
        <Phrase
          k={planned ? 'edits.planned-by-at' : 'edits.by-at'}
          values={{ by: <bdi>{by}</bdi>, at: when }}
        />
        {result !== 'ok' && <span className="edit-refused"> · {resultWords(t, result)}</span>}
      </p>
    </li>
  );
}
