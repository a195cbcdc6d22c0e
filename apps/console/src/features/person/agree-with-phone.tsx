import type { Extension } from '@lampboard/protocol';
import { useId } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { useIsLive } from '../../data/socket/live-context.tsx';
import { useDraft, useDrafts } from '../../entities/presence-draft/drafts-context.tsx';
import { isPhoneStillRinging, phoneAgreement } from '../../entities/presence-draft/phone-agreement.ts';
import { useSendDraft } from '../../entities/presence-draft/use-save.ts';
import { PresenceIcon } from '../../entities/presence/presence-badge.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/form/field.tsx';
import './person.css';

/**
 * Where one of phone and presence is on do not disturb: sets the presence, or says how to set the phone. The editor below
 * shows the outcome, with Undo.
 */
export function AgreeWithPhone({ extension }: { extension: Extension }) {
  const t = useT();
  const noteId = useId();
  const { id } = extension;
  const live = useIsLive(id);
  const drafts = useDrafts();
  const draft = useDraft(id);
  const send = useSendDraft();
  const agreement = phoneAgreement(extension, useMe());
  const canSend = live && (draft === undefined || draft.inFlight === null);
  if (live && isPhoneStillRinging(extension)) return <FieldNote>{t('phone.still-rings')}</FieldNote>;
  if (agreement === null) return null;
  return (
    <div className="agree-with-phone">
      <Button
        aria-disabled={!canSend || undefined}
        aria-describedby={live ? undefined : noteId}
        onClick={() => {
          const { current, value } = agreement;
          if (canSend) void send(id, drafts.sendValue(id, current, value));
        }}
      >
        <PresenceIcon state="dnd" />
        {t('phone.agree')}
      </Button>
      {!live && <FieldNote id={noteId}>{t('phone.agree-offline')}</FieldNote>}
    </div>
  );
}
