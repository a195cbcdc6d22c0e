import { isFree } from '@lampboard/board';
import { Bell, BellRing, Volume2, VolumeX } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../live/live-context.tsx';
import { useOwn, usePreference } from '../../own/own-context.tsx';
import { useToggleTellMe } from '../../extension/use-toggle-tell-me.ts';
import './tell-me-toggle.css';

/** Beside somebody that cannot be reached: tell me when they can, and whether with a sound. */
export function TellMeToggle({ id }: { id: string }) {
  const t = useT();
  const own = useOwn();
  const toggle = useToggleTellMe();
  const waits = usePreference('tellMe').includes(id);
  const sound = usePreference('sound');
  const reachable = useLiveState(({ board }) => {
    const row = board?.rows.get(id);
    return row === undefined || isFree(row);
  });
  if (reachable && !waits) return null;
  const BellIcon = waits ? BellRing : Bell;
  const SoundIcon = sound ? Volume2 : VolumeX;
  return (
    <span className="tell-me">
      <button type="button" aria-pressed={waits} onClick={() => toggle(id)}>
        <BellIcon size={14} aria-hidden="true" />
        {t('tell-me.when-reachable')}
      </button>
      {waits && (
        <button
          type="button"
          className="tell-me-sound"
          aria-pressed={sound}
          aria-label={t('tell-me.sound')}
          title={sound ? t('tell-me.with-sound') : t('tell-me.without-sound')}
          onClick={() => own.prefer({ sound: !sound })}
        >
          <SoundIcon size={15} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
