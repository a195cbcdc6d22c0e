import type { PresenceState } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import './presence.css';

const PATHS: Readonly<Record<PresenceState, string>> = {
  available: 'm3 8.5 3.2 3.2L13 5',
  chat: 'M2.5 3.5h11v7h-6L4.5 13v-2.5h-2z',
  away: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.5V8l2.5 1.5',
  xa: 'M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5Z',
  dnd: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5 8h6',
  unavailable: 'm4 4 8 8M12 4l-8 8',
  not_set: 'M4 8h8',
};

/** Visual only: pair it with a label. */
export function PresenceIcon({ state }: { state: PresenceState }) {
  return (
    <svg className="presence-icon" data-state={state} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[state]} />
    </svg>
  );
}

export function PresenceBadge({ state }: { state: PresenceState }) {
  const t = useT();
  return (
    <span className="presence-badge">
      <PresenceIcon state={state} />
      <span className="presence-label">{t(`presence.${state}`)}</span>
    </span>
  );
}
