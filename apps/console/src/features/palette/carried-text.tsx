import type { Presence } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import type { LineEdits } from './line-edits.ts';

interface CarriedTextProps {
  id: string;
  presence: Presence;
  wanted: Presence;
  edits: LineEdits;
}

/** What becomes of the person's text where the line says none. */
export function CarriedText({ id, presence, wanted, edits }: CarriedTextProps) {
  const t = useT();
  if (presence.subtype === '' && presence.message === '') return null;
  const stays = wanted.subtype !== '' || wanted.message !== '';
  return (
    <p className="preview-carried">
      {t(stays ? 'editor.text-stays' : 'editor.text-goes')}
      <button
        type="button"
        className="line-chip"
        onClick={() => (stays ? edits.clearText() : edits.keepText(id))}
      >
        {t(stays ? 'editor.clear-text' : 'editor.keep-text')}
      </button>
    </p>
  );
}
