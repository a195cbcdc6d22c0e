import { isFree, phoneLamp } from '@lampboard/model';
import { Bell, BellRing, Volume2, VolumeX } from 'lucide-react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { useSettings, usePreference } from '../../data/preferences/settings-context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useToggleWatch } from '../../entities/extension/use-extension-actions.ts';

/** Shown while the person is not available; not without a phone, which never becomes available. */
export function AlertToggle({ id }: { id: string }) {
  const t = useT();
  const settings = useSettings();
  const toggle = useToggleWatch();
  const isWatched = usePreference('watchedExtensions').includes(id);
  const sound = usePreference('alertSound');
  const isOffered = useLiveState(({ board }) => {
    const extension = board?.extensions.get(id);
    return extension !== undefined && phoneLamp(extension) !== null && !isFree(extension);
  });
  if (!isOffered && !isWatched) return null;
  const BellIcon = isWatched ? BellRing : Bell;
  return (
    <span className="chips">
      <button type="button" className="chip chip-dashed" aria-pressed={isWatched} onClick={() => toggle(id)}>
        <BellIcon size={14} aria-hidden="true" />
        {t('keys.board.watch')}
      </button>
      {isWatched && (
        <IconButton
          Icon={sound ? Volume2 : VolumeX}
          size={15}
          label={t('alerts.sound')}
          title={t(sound ? 'alerts.sound-on' : 'alerts.sound-off')}
          aria-pressed={sound}
          onClick={() => settings.updatePreferences({ alertSound: !sound })}
        />
      )}
    </span>
  );
}
