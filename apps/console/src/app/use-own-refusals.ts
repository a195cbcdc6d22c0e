import { useEffect, useEffectEvent } from 'react';
import type { Failure } from '@lampboard/protocol';
import { failureWords } from '../i18n/failure-words.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useOwn } from '../own/own-context.tsx';
import { useNotices } from '../ui/notices.tsx';

/** What the gateway would not keep of one's own board is told, since the page has taken it back. */
export function useOwnRefusals(): void {
  const t = useT();
  const own = useOwn();
  const notices = useNotices();
  const tell = useEffectEvent((failure: Failure) =>
    notices.tell({ text: failureWords(t, failure), tone: 'alert' }),
  );
  useEffect(() => own.onRefused((failure) => tell(failure)), [own]);
}
