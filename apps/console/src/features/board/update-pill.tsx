import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwn } from '../../own/own-context.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { KEYS, ariaKeys, boundKey } from '../../ui/keys.ts';
import { takesText } from '../../ui/takes-text.ts';
import './update-pill.css';

interface UpdatePillProps {
  /** Who would fit by now, and is not shown. */
  more: number;
  /** Who is shown, and does not fit any more. */
  unfit: number;
  /** The order would be another one by now. */
  moved: boolean;
  onUpdate: () => void;
}

/** What has changed since the arrangement was taken, and what takes it anew; nothing where it would stay the same. */
export function UpdatePill({ more, unfit, moved, onUpdate }: UpdatePillProps) {
  const t = useT();
  const own = useOwn();
  const stale = more > 0 || unfit > 0 || moved;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || takesText(event.target) || boundKey('board', event) !== 'update') return;
    if (own.store.getState().preferences.singleKeys) onUpdate();
  });
  useEffect(() => {
    if (!stale) return undefined;
    const onKeyDown = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [stale]);
  if (!stale) return null;

  const told = [];
  if (more > 0) told.push(t('arrangement.more', { count: more }));
  if (unfit > 0) told.push(t('arrangement.unfit', { count: unfit }));
  if (told.length === 0) told.push(t('arrangement.moved'));
  return (
    <button
      type="button"
      className="update-pill"
      aria-keyshortcuts={ariaKeys(KEYS.board.update)}
      onClick={onUpdate}
    >
      <RefreshCw size={13} aria-hidden="true" />
      <span className="update-told">{told.join(' · ')}</span>
      <span className="update-word">{t('arrangement.update')}</span>
      <span aria-hidden="true">
        <KeyCaps of={KEYS.board.update[0]} />
      </span>
    </button>
  );
}
