import { hasName, displayName } from '../../entities/extension/accessible-name.ts';
import { DistinctionBadge } from '../../entities/extension/badges.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useExtension, useDistinction } from '../../data/socket/live-context.tsx';
import { Button } from '../../ui/button.tsx';
import './other-results.css';

const MAX_NAMED = 3;

interface OtherResultsProps {
  ids: readonly string[];
  onOpen: (id: string) => void;
}

export function OtherResults({ ids, onOpen }: OtherResultsProps) {
  const t = useT();
  if (ids.length === 0) return null;
  return (
    <p className="other-results">
      <span>{t('search.elsewhere', { count: ids.length })}</span>
      {ids.slice(0, MAX_NAMED).map((id) => (
        <OtherResult key={id} id={id} onOpen={onOpen} />
      ))}
    </p>
  );
}

function OtherResult({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const t = useT();
  const extension = useExtension(id);
  const distinction = useDistinction(id);
  if (extension === undefined) return null;
  return (
    <Button onClick={() => onOpen(id)}>
      <bdi>{displayName(t, extension)}</bdi>
      {hasName(extension) && ` ${extension.exten}`}
      {distinction !== null && ' '}
      <DistinctionBadge distinction={distinction} />
    </Button>
  );
}
