import type { ExtensionRow } from '@lampboard/protocol';
import { isNamed, nameText, telephoneWords } from '../../extension/extension-words.ts';
import { LateMark, RoughTime } from '../../extension/marks.tsx';
import { type ShownExtension, useExtension } from '../../extension/use-extension.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useTellingContext } from '../../live/live-context.tsx';
import { Lamp } from '../../ui/lamp.tsx';
import { PresenceBadge } from '../../ui/presence-badge.tsx';

const PLAIN = { unsaved: false, unfit: false };

/** Somebody with all that they say. */
export function PersonPreview({ id }: { id: string }) {
  const shown = useExtension(id, PLAIN);
  return shown === null ? null : (
    <>
      <Who row={shown.row} live={shown.live} />
      <Says {...shown} />
    </>
  );
}

export function Who({ row, live }: { row: ExtensionRow; live: boolean }) {
  const t = useT();
  const { exten, person, lamp } = row;
  const word = telephoneWords(t, row);
  const context = useTellingContext(row);
  const facts = [
    isNamed(row) ? exten : '',
    context === null ? '' : t('person.context', { context }),
    person.department,
    live ? word : t('person.last-known', { lamp: word }),
  ];
  return (
    <header className="preview-who">
      <Lamp lamp={lamp} live={live} />
      <div>
        <h3 dir="auto">{nameText(t, row)}</h3>
        <p>{facts.filter(Boolean).join(' · ')}</p>
      </div>
    </header>
  );
}

function Says({ row: { presence, presenceSince }, back, late, contradiction }: ShownExtension) {
  const t = useT();
  if (presence === null) return null;
  return (
    <div className="preview-says">
      <p>
        <PresenceBadge state={presence.state} />
        <bdi>{presence.subtype}</bdi>
        <RoughTime since={presenceSince} className="preview-since" />
      </p>
      {late !== null && <LateMark late={late} />}
      {late === null && back !== null && <p className="preview-back">{back}</p>}
      {contradiction !== null && <p className="preview-back">{t(`sense.${contradiction}`)}</p>}
      {presence.message !== '' && (
        <p className="preview-message" dir="auto">
          {presence.message}
        </p>
      )}
    </div>
  );
}
