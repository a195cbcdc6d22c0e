import { CloudOff } from 'lucide-react';
import { useLocalTime, useOutages, usePbxNames } from '../../data/socket/live-context.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import './pbx.css';

/** The colour of a PBX, beside its name; nothing for the only one. */
export function PbxMark({ id }: { id: string }) {
  const pbx = usePbxNames().get(id);
  return pbx !== undefined && <span className="pbx-mark" data-colour={pbx.colour} />;
}

/** Since when a PBX is not live; nothing while it is. */
export function PbxOutageMark({ id }: { id: string }) {
  const t = useT();
  const { dateTime } = useFormats();
  const since = useLocalTime(useOutages().get(id) ?? null, dateTime);
  if (since === null) return null;
  const text = t('link.not-live-since', { since });
  return (
    <span className="pbx-outage" title={text}>
      <CloudOff size={14} aria-hidden="true" />
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

/** PBXs that a line has room to name; more are counted. */
export const MAX_NAMED_PBXS = 2;

/** Names the PBXs whose extensions are not in the counts before it; more than two are counted. */
export function UncountedPbxs({ pbxIds }: { pbxIds: readonly string[] }) {
  const t = useT();
  const names = usePbxNames();
  if (pbxIds.length === 0) return null;
  const pbxs = new Intl.ListFormat(t.locale).format(pbxIds.map((id) => names.get(id)?.name ?? id));
  const text = pbxIds.length > MAX_NAMED_PBXS ? t('link.pbxs', { count: pbxIds.length }) : pbxs;
  return (
    <span title={t('board.without-description', { pbxs })}> · {t('board.without', { pbxs: text })}</span>
  );
}
