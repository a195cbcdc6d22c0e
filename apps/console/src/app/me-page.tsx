import { useSearchParams } from 'wouter';
import { useMe } from '../api/api-context.tsx';
import { LinkLine } from '../features/link/link-line.tsx';
import { MyStatus } from '../features/person/my-status.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { PlainPage } from './plain-page.tsx';

/** One's own status; which of several extensions is kept in the address. */
export function MePage() {
  const t = useT();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  if (me === null) return null;
  const wanted = params.get('extension');
  const id = me.extensions.find((own) => own === wanted) ?? me.extensions[0] ?? null;
  return (
    <PlainPage title={t('page.my-status')}>
      <MyStatus
        me={me}
        id={id}
        news={<LinkLine />}
        onChoose={(extension) => setParams({ extension }, { replace: true })}
      />
    </PlainPage>
  );
}
