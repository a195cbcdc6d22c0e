import type { SessionInfo } from '@lampboard/protocol';
import { useState } from 'react';
import { browserWords } from './browser-words.ts';
import { Button } from './button.tsx';
import { dayTime } from './day-time.ts';
import './session-list.css';

interface SessionListProps {
  sessions: readonly SessionInfo[];
  busy: boolean;
  onEnd: (session: string) => void;
}

/** The browsers in which an account is signed in, the one used last first. */
export function SessionList({ sessions, busy, onEnd }: SessionListProps) {
  const [now] = useState(Date.now);
  return (
    <ul className="session-list">
      {sessions
        .toSorted((a, b) => Number(b.current) - Number(a.current) || b.usedAt - a.usedAt)
        .map(({ id, browser, address, startedAt, usedAt, current }) => (
          <li key={id}>
            <div>
              <p className="session-browser" title={browser}>
                {browserWords(browser)}
                {current && <span className="session-current">this one</span>}
              </p>
              <p className="session-facts">
                {address} · since {dayTime(startedAt, now)}
                {!current && <> · last used {dayTime(usedAt, now)}</>}
              </p>
            </div>
            <Button
              aria-label={`End ${browserWords(browser)}, ${address}`}
              aria-disabled={busy || undefined}
              onClick={() => onEnd(id)}
            >
              End
            </Button>
          </li>
        ))}
    </ul>
  );
}
