import type { Extension } from '@lampboard/protocol';
import { useMe } from '../../data/http/api-context.tsx';
import { useDisplayName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/form/field.tsx';
import { readOnlyMessage } from '../../entities/presence/error-messages.ts';
import { ReturnTimeLine } from '../../entities/return-time/return-time-line.tsx';
import { useDraft } from '../../entities/presence-draft/drafts-context.tsx';
import { PresenceText } from '../../entities/presence/presence-text.tsx';
import { SetByLine } from '../../entities/presence/set-by-line.tsx';

export function ReadOnlyPresence({ extension }: { extension: Extension }) {
  const t = useT();
  const me = useMe();
  const nameOf = useDisplayName();
  return (
    <section className="person-read-only" aria-label={t('person.presence')}>
      {extension.presence !== null && <PresenceText presence={extension.presence} />}
      {extension.returnTime !== null && (
        <ReturnTimeLine id={extension.id} returnTime={extension.returnTime} />
      )}
      <SetByLine extension={extension} />
      <FieldNote>{readOnlyMessage(t, me, extension, nameOf(extension.id))}</FieldNote>
      <UnsavedDraft id={extension.id} />
    </section>
  );
}

/** The hint was removed while the panel was open; an unsaved draft can still be copied. */
export function ExtensionNotFound({ id }: { id: string }) {
  const t = useT();
  return (
    <section className="person-read-only">
      <p>{t('person.not-on-board')}</p>
      <UnsavedDraft id={id} />
    </section>
  );
}

function UnsavedDraft({ id }: { id: string }) {
  const t = useT();
  const draft = useDraft(id);
  if (draft === undefined) return null;
  return (
    <>
      <FieldHeading>{t('person.not-saved')}</FieldHeading>
      <PresenceText presence={draft.local} />
      {draft.local.returnTime !== null && <ReturnTimeLine id={id} returnTime={draft.local.returnTime} />}
    </>
  );
}
