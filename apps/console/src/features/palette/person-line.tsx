import { firstLine, isNamed, nameText, telephoneWords } from '../../extension/extension-words.ts';
import { ContextMark, ContradictionMark, LateMark } from '../../extension/marks.tsx';
import { type ShownExtension, useExtension } from '../../extension/use-extension.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Lamp } from '../../ui/lamp.tsx';
import { PresenceBadge } from '../../ui/presence-badge.tsx';

const PLAIN = { unsaved: false, unfit: false };

/** One person in the list: what a caller asks for, at a glance. */
export function PersonLine({ id }: { id: string }) {
  const shown = useExtension(id, PLAIN);
  return shown === null ? null : (
    <>
      <span className="unseen">{shown.words}</span>
      <Line {...shown} />
    </>
  );
}

/** A picture only, of what its words say. */
function Line({ row, live, context, back, late, contradiction }: ShownExtension) {
  const t = useT();
  const { exten, person, lamp, presence } = row;
  const said = presence === null ? [] : [presence.subtype.trim(), firstLine(presence.message).trim()];
  return (
    <span className="person-line" aria-hidden="true">
      <Lamp lamp={lamp} live={live} />
      <span className="person-line-who">
        <bdi className="person-line-name">{nameText(t, row)}</bdi>
        <span className="person-line-number">{isNamed(row) ? exten : ''}</span>
        <ContextMark context={context} />
        <bdi className="person-line-department">{person.department}</bdi>
      </span>
      <span className="person-line-back">
        {contradiction !== null && <ContradictionMark contradiction={contradiction} />}
        {late === null ? back : <LateMark late={late} />}
      </span>
      <span className="person-line-says">
        {presence === null ? telephoneWords(t, row) : <PresenceBadge state={presence.state} />}
        <bdi>{said.filter(Boolean).join(' · ')}</bdi>
      </span>
    </span>
  );
}
