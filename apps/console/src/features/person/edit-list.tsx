import type { EditRecord, EditResult } from '@lampboard/protocol';
import { isPresenceState } from '@lampboard/protocol';
import { useId } from 'react';
import { useMoment } from '../../live/live-context.tsx';
import { dayTime } from '../../ui/day-time.ts';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import { PRESENCE_WORDS } from '../../ui/words.ts';
import './edit-list.css';

const MOST = 6;

/** What became of an edit that did not go through. */
function resultWords(result: Exclude<EditResult, 'ok'>): string {
  if (result === 'conflict') return 'not saved: changed meanwhile';
  if (result === 'overtaken') return 'replaced at once';
  if (result === 'timeout' || result === 'link-down') return 'not saved: Asterisk did not answer';
  return 'refused';
}

/** Who set what lately through Lampboard. */
export function EditList({ edits }: { edits: readonly EditRecord[] }) {
  const id = useId();
  return (
    <section className="edit-list" aria-labelledby={id}>
      <FieldHeading id={id}>Edits</FieldHeading>
      {edits.length === 0 && <FieldNote>Nobody has set this presence through Lampboard yet.</FieldNote>}
      <ul>
        {edits.slice(0, MOST).map((edit) => (
          <Edit key={`${edit.at} ${edit.by}`} edit={edit} />
        ))}
      </ul>
    </section>
  );
}

function Edit({ edit: { by, at, to, result } }: { edit: EditRecord }) {
  const when = useMoment(at, dayTime);
  const said = [to.subtype, to.message].filter((text) => text.trim() !== '').join(' · ');
  return (
    <li data-refused={result !== 'ok' || undefined}>
      <p>
        <strong>{isPresenceState(to.state) ? PRESENCE_WORDS[to.state] : to.state}</strong>
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
        <bdi>{by}</bdi>, {when}
        {result !== 'ok' && <span className="edit-refused"> · {resultWords(result)}</span>}
      </p>
    </li>
  );
}
