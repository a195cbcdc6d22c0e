import type { Extension } from '@lampboard/protocol';
import {
  distinctionText,
  hasName,
  displayName,
  phoneFeatures,
  stateLabel,
} from '../../entities/extension/accessible-name.ts';
import { OverdueBadge, ApproximateDuration } from '../../entities/extension/badges.tsx';
import { type ExtensionView, useExtensionView } from '../../entities/extension/use-extension-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDistinction } from '../../data/socket/live-context.tsx';
import { photoUrl } from '../../data/http/base-path.ts';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { PresenceBadge } from '../../entities/presence/presence-badge.tsx';

const DEFAULT_FLAGS = { unsaved: false, stale: false };

export function PersonPreview({ id }: { id: string }) {
  const view = useExtensionView(id, DEFAULT_FLAGS);
  return view === null ? null : (
    <>
      <PreviewHeader extension={view.extension} live={view.live} />
      <PresencePreview {...view} />
    </>
  );
}

export function PreviewHeader({ extension, live }: { extension: Extension; live: boolean }) {
  const t = useT();
  const { exten, person } = extension;
  const phoneText = stateLabel(t, extension);
  const distinction = useDistinction(extension.id);
  const photo = photoUrl(person.photo);
  const facts = [
    hasName(extension) ? exten : '',
    distinction === null ? '' : distinctionText(t, distinction),
    person.department,
    live ? phoneText : t('person.last-known', { lamp: phoneText }),
    ...phoneFeatures(t, extension).map(({ label }) => label),
  ];
  return (
    <header className="preview-person">
      <ExtensionLamp extension={extension} live={live} />
      <div>
        <h3 dir="auto">{displayName(t, extension)}</h3>
        <p className="secondary">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      {photo !== null && <Avatar name="" photo={photo} />}
    </header>
  );
}

function PresencePreview({
  extension: { id, presence, presenceSetAt },
  returnTimeLabel,
  overdue,
  mismatch,
}: ExtensionView) {
  const t = useT();
  if (presence === null) return null;
  return (
    <div className="card preview-card">
      <p>
        <PresenceBadge state={presence.state} />
        <bdi>{presence.subtype}</bdi>
        <ApproximateDuration id={id} since={presenceSetAt} className="note preview-since" />
      </p>
      {overdue !== null && <OverdueBadge overdue={overdue} />}
      {overdue === null && returnTimeLabel !== null && (
        <p className="preview-return-time">{returnTimeLabel}</p>
      )}
      {mismatch !== null && <p className="preview-return-time">{t(`mismatch.${mismatch}`)}</p>}
      {presence.message !== '' && (
        <p className="preview-message" dir="auto">
          {presence.message}
        </p>
      )}
    </div>
  );
}
