import type { SessionInfo } from '@lampboard/protocol';
import { useState } from 'react';
import { useFormats } from '../i18n/formats.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { browserWords } from './browser-words.ts';
import { Button } from './button.tsx';
import './session-list.css';

interface SessionListProps {
  sessions: readonly SessionInfo[];
  busy: boolean;
  onEnd: (session: string) => void;
}

/** The browsers in which an account is signed in, the one used last first. */
export function SessionList({ sessions, busy, onEnd }: SessionListProps) {
  const t = useT();
  const { dayTime } = useFormats();
  const [now] = useState(Date.now);
  return (
    <ul className="session-list">
      {sessions
        .toSorted((a, b) => Number(b.current) - Number(a.current) || b.usedAt - a.usedAt)
        .map(({ id, browser, address, startedAt, usedAt, current }) => (
          <li key={id}>
            <div>
              <p className="session-browser" title={browser}>
                {browserWords(t, browser)}
                {current && <span className="session-current">{t('session.this-one')}</span>}
              </p>
              <p className="session-facts">
                {current
                  ? t('session.facts', { address, since: dayTime(startedAt, now) })
                  : t('session.facts-and-use', {
                      address,
                      since: dayTime(startedAt, now),
                      used: dayTime(usedAt, now),
                    })}
              </p>
            </div>
            <Button
              aria-label={t('session.end-of', { browser: browserWords(t, browser), address })}
              aria-disabled={busy || undefined}
              onClick={() => onEnd(id)}
            >
              {t('session.end')}
            </Button>
          </li>
        ))}
    </ul>
  );
}
