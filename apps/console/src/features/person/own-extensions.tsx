import { whoText } from '../../extension/extension-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useRow, useTellingContext } from '../../live/live-context.tsx';

interface OwnExtensionsProps {
  ids: readonly string[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** Whoever has several extensions sets one at a time. */
export function OwnExtensions({ ids, chosen, onChoose }: OwnExtensionsProps) {
  const t = useT();
  return (
    <section aria-label={t('person.own')} className="own-extensions">
      {ids.map((id) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          <ExtensionWords id={id} />
        </button>
      ))}
    </section>
  );
}

function ExtensionWords({ id }: { id: string }) {
  const row = useRow(id);
  const context = useTellingContext(row);
  return <bdi>{row === undefined ? id : whoText(row, context)}</bdi>;
}
