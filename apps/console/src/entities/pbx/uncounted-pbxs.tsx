import { usePbxNames } from '../../data/socket/live-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';

/** Names the PBXs whose extensions are not in the counts before it. */
export function UncountedPbxs({ pbxIds }: { pbxIds: readonly string[] }) {
  const t = useT();
  const names = usePbxNames();
  if (pbxIds.length === 0) return null;
  const pbxs = new Intl.ListFormat(t.locale).format(pbxIds.map((id) => names.get(id)?.name ?? id));
  return <span title={t('board.without-description', { pbxs })}> · {t('board.without', { pbxs })}</span>;
}
