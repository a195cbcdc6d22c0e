import { may } from '@lampboard/protocol';
import { useMe } from '../../api/api-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLiveState } from '../../live/live-context.tsx';
import { useHealth } from '../../api/use-health.ts';

/** For administrators, while the gateway has no live link: which address it tries, and the system's code for why not. */
export function LinkTried() {
  const me = useMe();
  const link = useLiveState(({ board }) => board?.link);
  const connected = useLiveState(({ connection }) => connection.state !== 'down');
  if (me === null || !may(me, 'read-health', {}) || !connected || link?.state !== 'down') return null;
  return <Tried code={link.code} />;
}

function Tried({ code }: { code: string | undefined }) {
  const t = useT();
  const address = useHealth({ isFollowed: false }).health?.asterisk ?? null;
  if (address === null) return null;
  return (
    <span className="link-advice">
      {code === undefined ? t('link.tried', { address }) : t('link.tried-code', { address, code })}
    </span>
  );
}
