import { isOnCall, isRinging, phoneSince } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { X } from 'lucide-react';
import { useDuration, useExtension, useIsLive, useServerTimeValue } from '../../data/socket/live-context.tsx';
import { useIsWatched } from '../../data/preferences/settings-context.tsx';
import { stateLabel } from '../../entities/extension/accessible-name.ts';
import { useExtensionActions } from '../../entities/extension/use-extension-actions.ts';
import { useFormats } from '../../i18n/formats.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { DeskButton, DeskLine } from './desk-line.tsx';
import type { Awaited } from './desk-parts.ts';
import { useDeskSession } from './desk-session.tsx';

/** Somebody with an availability alert, or whose alert was given. */
export function AwaitedLine({ id, freeSince, onOpen }: Awaited & { onOpen: (id: string) => void }) {
  const t = useT();
  const { dismissFreed } = useDeskSession();
  const { toggleWatch } = useExtensionActions();
  const isWatched = useIsWatched(id);
  const extension = useExtension(id);
  const live = useIsLive(id);
  const isFree = freeSince !== null && live;
  const note = isFree ? (
    <FreeNow id={id} since={freeSince} />
  ) : (
    extension !== undefined && <StatusNote extension={extension} />
  );
  return (
    <DeskLine {...{ id, note, onOpen }}>
      {(name) => (
        <>
          {!isWatched && !isFree && (
            <DeskButton label={t('desk.wait-again')} name={name} onClick={() => toggleWatch(id)} />
          )}
          <IconButton
            Icon={X}
            size={15}
            label={t('desk.stop-waiting', { name })}
            title={t('desk.stop-waiting', { name })}
            onClick={() => (isWatched ? toggleWatch(id) : dismissFreed(id))}
          />
        </>
      )}
    </DeskLine>
  );
}

function FreeNow({ id, since }: { id: string; since: number }) {
  const t = useT();
  const duration = useDuration(since, useFormats().callDuration, id);
  const state = <strong className="desk-free">{t('desk.free-now')}</strong>;
  return <Trans messageKey="desk.state-since" values={{ state, duration }} />;
}

/** `On a call · 26:40`, `Away · back 14:00`, or the state alone. */
function StatusNote({ extension }: { extension: Extension }) {
  const t = useT();
  const { callDuration, returnTime: formatReturnTime } = useFormats();
  const { id, presence, returnTime } = extension;
  const onPhone = isOnCall(extension) || isRinging(extension);
  const duration = useDuration(onPhone ? phoneSince(extension) : null, callDuration, id);
  const time = useServerTimeValue((now) =>
    returnTime === null || returnTime.at <= now ? null : formatReturnTime(returnTime.at, now),
  );
  const isPhoneFirst = onPhone || presence === null || extension.lamp === 'unavailable';
  const state = isPhoneFirst ? stateLabel(t, extension) : t(`presence.${presence.state}`);
  const details = isPhoneFirst ? duration : time && t('return-time.back', { time });
  return [state, details].filter((part) => part !== null).join(' · ');
}
