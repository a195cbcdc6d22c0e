import type { ExtensionRow } from '@lampboard/protocol';
import { useMe } from '../../api/api-context.tsx';
import { useNameOf } from '../../extension/use-name-of.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import { whyNotSettable } from '../../ui/refusal-words.ts';
import { BackLine } from './back-line.tsx';
import { useDraft } from './drafts-context.tsx';
import { PresenceText } from './presence-text.tsx';
import { SetBy } from './set-by.tsx';

/** A presence to be read, and why it is not to be set here. */
export function ReadOnly({ row }: { row: ExtensionRow }) {
  const t = useT();
  const me = useMe();
  const nameOf = useNameOf();
  return (
    <section className="panel-read-only" aria-label={t('person.presence')}>
      {row.presence !== null && <PresenceText presence={row.presence} />}
      {row.back !== null && <BackLine back={row.back} />}
      <SetBy row={row} />
      <FieldNote>{whyNotSettable(t, me, row, nameOf(row.id))}</FieldNote>
      <Unsaved id={row.id} />
    </section>
  );
}

/** The hint was removed while it was open; what was typed can still be read and copied. */
export function Gone({ id }: { id: string }) {
  const t = useT();
  return (
    <section className="panel-read-only">
      <p>{t('person.gone')}</p>
      <Unsaved id={id} />
    </section>
  );
}

/** What was typed while it could be set, and is kept until it can again. */
function Unsaved({ id }: { id: string }) {
  const t = useT();
  const draft = useDraft(id);
  if (draft === undefined) return null;
  return (
    <>
      <FieldHeading>{t('person.not-saved')}</FieldHeading>
      <PresenceText presence={draft.mine} />
      {draft.mine.back !== null && <BackLine back={draft.mine.back} />}
    </>
  );
}
