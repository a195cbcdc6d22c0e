import type { Presence } from '@lampboard/protocol';
import { useEffect, useId, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/field.tsx';
import { PresenceText } from './presence-text.tsx';
import './conflict-view.css';

interface ConflictViewProps {
  theirs: Presence;
  mine: Presence;
  /** Why mine can't be saved as it stands; null when it can. */
  hindrance: string | null;
  onKeepTheirs: () => void;
  onUseMine: () => void;
}

/** Somebody else was faster: both versions side by side, and nothing happens until the user has picked one. */
export function ConflictView({ theirs, mine, hindrance, onKeepTheirs, onUseMine }: ConflictViewProps) {
  const id = useId();
  const view = useRef<HTMLElement>(null);

  useEffect(() => {
    view.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section ref={view} className="conflict-view" aria-labelledby={id}>
      <h3 id={id}>Changed by somebody else meanwhile</h3>
      <div className="conflict-sides">
        <div>
          <h4>Now in Asterisk</h4>
          <PresenceText presence={theirs} />
        </div>
        <div>
          <h4>Yours</h4>
          <PresenceText presence={mine} />
        </div>
      </div>
      <div className="conflict-ways">
        <Button onClick={onKeepTheirs}>Keep theirs</Button>
        <Button
          look="strong"
          aria-disabled={hindrance !== null || undefined}
          onClick={() => {
            if (hindrance === null) onUseMine();
          }}
        >
          Use mine
        </Button>
      </div>
      <FieldNote>{hindrance ?? 'Use mine saves your version over theirs.'}</FieldNote>
    </section>
  );
}
