import { formatCsvLine } from '@lampboard/protocol';
import { Check, Copy, Download, Mail } from 'lucide-react';
import { useRef, useState } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import './invitation-links.css';

export interface InvitedPerson {
  readonly account: string;
  /** The secret link. */
  readonly url: string;
  /** Empty where they are unknown. */
  readonly name: string;
  readonly email: string;
}

interface InvitationLinksProps {
  people: readonly InvitedPerson[];
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** New links, which nobody can see again, to be copied, mailed or saved. */
export function InvitationLinks({ people, expiresAt }: InvitationLinksProps) {
  const t = useT();
  const { dateTime } = useFormats();
  const [now] = useState(Date.now);
  const [copied, setCopied] = useState<string | null>(null);
  const until = dateTime(expiresAt, now);
  const fields = useRef(new Map<string, HTMLInputElement>());
  const copy = async (account: string, url: string) => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(account);
    } catch {
      // The browser forbids it, or has none without TLS: the link is selected, to be copied by hand.
      fields.current.get(account)?.focus();
    }
  };
  return (
    <section className="form" aria-label={t('invitation.links')}>
      <p className="invitation-notice">{t('invitation.shown-once', { count: people.length, time: until })}</p>
      {people.length > 1 && (
        <div>
          <Button variant="primary" onClick={() => saveFile('lampboard-links.csv', csvOf(people, expiresAt))}>
            <Download size={16} aria-hidden="true" />
            {t('invitation.save')}
          </Button>
        </div>
      )}
      <ul className="card invitation-links">
        {people.map((person) => {
          const { account, url, name, email } = person;
          const isCopied = copied === account;
          return (
            <li key={account}>
              <p className="invitation-person">
                <bdi>{name || account}</bdi>
                {name !== '' && <bdi className="note">{account}</bdi>}
              </p>
              <input
                className="invitation-url"
                readOnly
                aria-label={t('invitation.link-of', { name: name || account })}
                value={url}
                ref={(field) => {
                  if (field === null) fields.current.delete(account);
                  else fields.current.set(account, field);
                }}
                onFocus={({ currentTarget }) => currentTarget.select()}
              />
              <Button
                aria-label={t('invitation.copy-of', { name: name || account })}
                onClick={() => void copy(account, url)}
              >
                {isCopied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
                {t(isCopied ? 'invitation.copied' : 'invitation.copy')}
              </Button>
              {email === '' ? (
                people.length > 1 && (
                  <span className="note invitation-no-email">{t('invitation.no-email')}</span>
                )
              ) : (
                <a className="button button-secondary" href={mailtoHref(t, person, until)}>
                  <Mail size={15} aria-hidden="true" />
                  {t('invitation.mail')}
                </a>
              )}
            </li>
          );
        })}
      </ul>
      <output className="visually-hidden">{copied !== null && t('invitation.copied')}</output>
    </section>
  );
}

/** Returns the address of a message to the person, with the link. */
export function mailtoHref(
  t: Translate,
  { name, account, url, email }: InvitedPerson,
  until: string,
): string {
  const body = t('invitation.mail-body', { name: name || account, account, url, time: until });
  const params = [
    `subject=${encodeURIComponent(t('invitation.mail-subject'))}`,
    `body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`,
  ];
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}?${params.join('&')}`;
}

/** Returns a CSV file; its byte order mark tells spreadsheets that it is UTF-8. */
export function csvOf(people: readonly InvitedPerson[], expiresAt: number): string {
  const validUntil = new Date(expiresAt).toISOString();
  const rows = people.map(({ name, email, account, url }) => [name, email, account, url, validUntil]);
  return `\uFEFF${[['name', 'email', 'account', 'link', 'valid_until'], ...rows].map(formatCsvLine).join('')}`;
}

const REVOKE_DELAY_MS = 60_000;

function saveFile(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  // Firefox reads it only after this task.
  setTimeout(() => URL.revokeObjectURL(href), REVOKE_DELAY_MS);
}
