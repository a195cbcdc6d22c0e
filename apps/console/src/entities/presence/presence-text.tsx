import type { Presence } from '@lampboard/protocol';
import { PresenceBadge } from './presence-badge.tsx';
import './presence.css';

export function PresenceText({ presence }: { presence: Presence }) {
  return (
    <div className="presence-text">
      <p className="presence-text-state">
        <PresenceBadge state={presence.state} />
        {presence.subtype !== '' && (
          <bdi className="presence-text-subtype" dir="auto">
            {presence.subtype}
          </bdi>
        )}
      </p>
      {presence.message !== '' && (
        <p className="presence-text-message" dir="auto">
          {presence.message}
        </p>
      )}
    </div>
  );
}
