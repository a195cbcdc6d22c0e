import { type Actor, sameAccountName } from '@lampboard/protocol';
import { useEffect, useId, useRef } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/form/field.tsx';
import { ReturnTimeLine } from '../../entities/return-time/return-time-line.tsx';
import { PresenceText } from '../../entities/presence/presence-text.tsx';
import type { PresenceValue } from '../../entities/presence/current-presence.ts';
import './conflict-view.css';

interface ConflictViewProps {
  remote: PresenceValue;
  /** Who set theirs; null where nobody saw it. */
  by: Actor | null;
  local: PresenceValue;
  /** Why mine can't be saved as it stands; null when it can. */
  blocker: string | null;
  onKeepRemote: () => void;
  onUseLocal: () => void;
}

/** Somebody else was faster: both versions side by side, and nothing happens until the user has picked one. */
export function ConflictView({ remote, by, local, blocker, onKeepRemote, onUseLocal }: ConflictViewProps) {
  const t = useT();
  const id = useId();
  const view = useRef<HTMLElement>(null);

  useEffect(() => {
    view.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section ref={view} className="conflict-view" aria-labelledby={id}>
      <h3 id={id}>
        <ConflictCause by={by} />
      </h3>
      <div className="conflict-versions">
        <div>
          <h4>{t('editor.theirs')}</h4>
          <PresenceText presence={remote} />
          {remote.returnTime !== null && <ReturnTimeLine returnTime={remote.returnTime} />}
        </div>
        <div>
          <h4>{t('editor.mine')}</h4>
          <PresenceText presence={local} />
          {local.returnTime !== null && <ReturnTimeLine returnTime={local.returnTime} />}
        </div>
      </div>
      <div className="conflict-actions">
        <Button onClick={onKeepRemote}>{t('editor.keep-theirs')}</Button>
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
      <FieldNote>{blocker ?? t('editor.use-mine-means')}</FieldNote>
    </section>
  );
}

function ConflictCause({ by }: { by: Actor | null }) {
  const t = useT();
  const me = useMe();
  if (by === null) return t('editor.conflict');
  if (by.kind === 'phone') return t('editor.conflict-telephone');
  if (by.kind === 'account' && me !== null && sameAccountName(by.name, me.name))
    return t('editor.conflict-own');
  const values = { name: <bdi>{by.name}</bdi> };
  return by.kind === 'account' ? (
    <Trans messageKey="editor.conflict-by" values={values} />
  ) : (
    <Trans messageKey="editor.conflict-planned" values={values} />
  );
}
