import { isFree } from '@lampboard/model';
import { Bell, BellRing, Volume2, VolumeX } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { useSettings, usePreference } from '../../data/settings/settings-context.tsx';
import { useToggleWatch } from '../../entities/extension/use-extension-actions.ts';

export function AlertToggle({ id }: { id: string }) {
  const t = useT();
  const settings = useSettings();
  const toggle = useToggleWatch();
  const isWatched = usePreference('watchedExtensions').includes(id);
  const sound = usePreference('alertSound');
  const reachable = useLiveState(({ board }) => {
    const extension = board?.extensions.get(id);
    return extension === undefined || isFree(extension);
  });
  if (reachable && !isWatched) return null;
  const BellIcon = isWatched ? BellRing : Bell;
  const SoundIcon = sound ? Volume2 : VolumeX;
  return (
    <span className="chips">
      <button type="button" className="chip chip-dashed" aria-pressed={isWatched} onClick={() => toggle(id)}>
        <BellIcon size={14} aria-hidden="true" />
        {t('alerts.when-reachable')}
      </button>
      {isWatched && (
        <button
          type="button"
          className="icon-button"
          aria-pressed={sound}
          aria-label={t('alerts.sound')}
          title={sound ? t('alerts.sound-on') : t('alerts.sound-off')}
          onClick={() => settings.updatePreferences({ alertSound: !sound })}
        >
          <SoundIcon size={15} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
