import { useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../live/live-context.tsx';

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
  const words = useLiveState((state) => {
    const row = state.board?.rows.get(id);
    if (row === undefined) return id;
    return row.person.name === row.exten ? row.exten : `${row.exten} ${row.person.name}`;
  });
  return <bdi>{words}</bdi>;
}
