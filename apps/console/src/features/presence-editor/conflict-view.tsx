import { type Actor, sameAccountName } from '@lampboard/protocol';
import { useEffect, useId, useRef } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/form/field.tsx';
import { ReturnTimeLine } from '../../entities/return-time/return-time-line.tsx';
import { PresenceText } from '../../entities/presence/presence-text.tsx';
import type { PresenceValue } from '../../entities/presence/presence-value.ts';
import './presence-editor.css';

interface ConflictViewProps {
  id: string;
  remote: PresenceValue;
  /** Null if unknown. */
  by: Actor | null;
  local: PresenceValue;
  /** Why the local version cannot be saved; null if it can. */
  blocker: string | null;
  onAcceptRemote: () => void;
  onUseLocal: () => void;
}

/** Shows both versions of a conflict; nothing is sent until the user picks one. */
export function ConflictView({
  id,
  remote,
  by,
  local,
  blocker,
  onAcceptRemote,
  onUseLocal,
}: ConflictViewProps) {
  const t = useT();
  const headingId = useId();
  const view = useRef<HTMLElement>(null);

  useEffect(() => {
    view.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section ref={view} className="conflict-view" aria-labelledby={headingId}>
      <h3 id={headingId}>
        <ConflictCause by={by} />
      </h3>
      <div className="conflict-versions">
        <div className="card">
          <h4>{t('editor.current-version')}</h4>
          <PresenceText presence={remote} />
          {remote.returnTime !== null && <ReturnTimeLine id={id} returnTime={remote.returnTime} />}
        </div>
        <div className="card">
          <h4>{t('editor.your-version')}</h4>
          <PresenceText presence={local} />
          {local.returnTime !== null && <ReturnTimeLine id={id} returnTime={local.returnTime} />}
        </div>
      </div>
      <div className="conflict-versions">
        <Button onClick={onAcceptRemote}>{t('editor.keep-current')}</Button>
        <Button
          variant="primary"
          aria-disabled={blocker !== null || undefined}
          onClick={() => {
            if (blocker === null) onUseLocal();
          }}
        >
          {t('editor.use-mine')}
        </Button>
      </div>
      <FieldNote>{blocker ?? t('editor.use-mine-description')}</FieldNote>
    </section>
  );
}

function ConflictCause({ by }: { by: Actor | null }) {
  const t = useT();
  const me = useMe();
  if (by === null) return t('editor.conflict');
  if (by.kind === 'phone') return t('editor.conflict-phone');
  if (by.kind === 'account' && me !== null && sameAccountName(by.name, me.name))
    return t('editor.conflict-own');
  const values = { name: <bdi>{by.name}</bdi> };
  return by.kind === 'account' ? (
    <Trans messageKey="editor.conflict-by" values={values} />
  ) : (
    <Trans messageKey="editor.conflict-scheduled" values={values} />
  );
}
