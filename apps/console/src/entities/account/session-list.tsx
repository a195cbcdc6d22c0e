import type { Translate } from '../../i18n/translate.ts';
import type { SessionInfo } from '@lampboard/protocol';
import { useState } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import './session-list.css';

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//u, 'Edge'],
  [/\bOPR\//u, 'Opera'],
  [/\bSamsungBrowser\//u, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//u, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//u, 'Chrome'],
  [/\bVersion\/.* Safari\//u, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/u, 'iPhone'],
  [/\biPad\b/u, 'iPad'],
  [/\bAndroid\b/u, 'Android'],
  [/\bWindows\b/u, 'Windows'],
  [/\bMac OS X\b/u, 'macOS'],
  [/\bCrOS\b/u, 'ChromeOS'],
  [/\bLinux\b/u, 'Linux'],
];

const MAX_LENGTH = 60;

/** Returns a label such as “Firefox on Windows”, else the beginning of the user agent. */
export function userAgentLabel(t: Translate, userAgent: string): string {
  const findName = (patterns: typeof BROWSERS) => patterns.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = findName(BROWSERS);
  const system = findName(SYSTEMS);
  if (browser !== undefined && system !== undefined) return t('ui.browser-on-system', { browser, system });
  if (userAgent.trim() === '') return t('ui.unknown-browser');
  return browser ?? system ?? userAgent.slice(0, MAX_LENGTH);
}

interface SessionListProps {
  sessions: readonly SessionInfo[];
  busy: boolean;
  onRevoke: (session: string) => void;
}

/** The sessions of an account: the current one, then the most recently used first. */
export function SessionList({ sessions, busy, onRevoke }: SessionListProps) {
  const t = useT();
  const { dateTime } = useFormats();
  const [now] = useState(Date.now);
  return (
    <ul className="card session-list">
      {sessions
        .toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt - a.lastUsedAt)
        .map(({ id, userAgent, address, startedAt, lastUsedAt, current }) => (
          <li key={id}>
            <div>
              <p className="session-browser" title={userAgent}>
                {userAgentLabel(t, userAgent)}
                {current && <span className="tag">{t('session.current')}</span>}
              </p>
              <p className="note">
                {current
                  ? t('session.details', { address, since: dateTime(startedAt, now) })
                  : t('session.details-with-last-used', {
                      address,
                      since: dateTime(startedAt, now),
                      used: dateTime(lastUsedAt, now),
                    })}
              </p>
            </div>
            <Button
              aria-label={t('session.sign-out-of', { browser: userAgentLabel(t, userAgent), address })}
              aria-disabled={busy || undefined}
              onClick={() => onRevoke(id)}
            >
              {t('account.sign-out')}
            </Button>
          </li>
        ))}
    </ul>
  );
}
