import { type Author, sameAccountName } from '@lampboard/protocol';
import { useEffect, useId, useRef } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';
import { BackLine } from './back-line.tsx';
import { PresenceText } from './presence-text.tsx';
import type { Said } from './said.ts';
import './conflict-view.css';

interface ConflictViewProps {
  theirs: Said;
  /** Who set theirs; null where nobody saw it. */
  by: Author | null;
  mine: Said;
  /** Why mine can't be saved as it stands; null when it can. */
  hindrance: string | null;
  onKeepTheirs: () => void;
  onUseMine: () => void;
}

/** Somebody else was faster: both versions side by side, and nothing happens until the user has picked one. */
export function ConflictView({ theirs, by, mine, hindrance, onKeepTheirs, onUseMine }: ConflictViewProps) {
  const t = useT();
  const id = useId();
  const view = useRef<HTMLElement>(null);

  useEffect(() => {
    view.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section ref={view} className="conflict-view" aria-labelledby={id}>
      <h3 id={id}>
        <WhoElse by={by} />
      </h3>
      <div className="conflict-sides">
        <div>
          <h4>{t('editor.theirs')}</h4>
          <PresenceText presence={theirs} />
          {theirs.back !== null && <BackLine back={theirs.back} />}
        </div>
        <div>
          <h4>{t('editor.mine')}</h4>
          <PresenceText presence={mine} />
          {mine.back !== null && <BackLine back={mine.back} />}
        </div>
      </div>
      <div className="conflict-ways">
        <Button onClick={onKeepTheirs}>{t('editor.keep-theirs')}</Button>
        <Button
          look="strong"
          aria-disabled={hindrance !== null || undefined}
          onClick={() => {
            if (hindrance === null) onUseMine();
          }}
        >
          {t('editor.use-mine')}
        </Button>
      </div>
      <FieldNote>{hindrance ?? t('editor.use-mine-means')}</FieldNote>
    </section>
  );
}

function WhoElse({ by }: { by: Author | null }) {
  const t = useT();
  const me = useMe();
  if (by === null) return t('editor.conflict');
  if (by.kind === 'telephone') return t('editor.conflict-telephone');
  if (by.kind === 'account' && me !== null && sameAccountName(by.name, me.name))
    return t('editor.conflict-own');
  const values = { name: <bdi>{by.name}</bdi> };
  return by.kind === 'account' ? (
    <Phrase k="editor.conflict-by" values={values} />
  ) : (
    <Phrase k="editor.conflict-planned" values={values} />
  );
}
