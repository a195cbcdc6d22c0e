import type { Presence } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import type { LineEdits } from './line-edits.ts';

interface CarriedTextProps {
  presence: Presence;
  wanted: Presence;
  edits: LineEdits;
}

/** What becomes of the person's text where the line says none. */
export function CarriedText({ presence, wanted, edits }: CarriedTextProps) {
  const t = useT();
  if (presence.subtype === '' && presence.message === '') return null;
  const stays = wanted.subtype !== '' || wanted.message !== '';
  return (
    <p className="preview-carried">
      {t(stays ? 'editor.text-stays' : 'editor.text-goes')}
      {stays && (
        <button type="button" className="line-chip" onClick={edits.clearText}>
          {t('editor.clear-text')}
        </button>
      )}
    </p>
  );
}
