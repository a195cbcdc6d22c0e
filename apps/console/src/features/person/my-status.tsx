import type { Me } from '@lampboard/protocol';
import { type ReactNode, useRef } from 'react';
import { isNamed, nameText } from '../../extension/extension-words.ts';
import { ContextMark } from '../../extension/marks.tsx';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { useLiveState, useRow, useTellingContext } from '../../live/live-context.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { OwnExtensions } from './own-extensions.tsx';
import { PersonBody } from './person-body.tsx';
import { Gone } from './read-only.tsx';
import { usePersonKeys } from './use-person-keys.ts';
import './my-status.css';

interface MyStatusProps {
  me: Me;
  /** Which of the account's extensions is looked at. */
  id: string | null;
  onChoose: (id: string) => void;
  /** Always in view, such as that the board is not live. */
  news: ReactNode;
}

/** One's own presence, for a phone in one hand. */
export function MyStatus({ me, id, onChoose, news }: MyStatusProps) {
  const t = useT();
  return (
    <main className="my-status">
      <h1>{t('page.my-status')}</h1>
      {me.extensions.length > 1 && <OwnExtensions ids={me.extensions} chosen={id} onChoose={onChoose} />}
      {id === null ? <NoExtension account={me.name} /> : <Own key={id} id={id} news={news} />}
    </main>
  );
}

function NoExtension({ account }: { account: string }) {
  const t = useT();
  return (
    <section className="my-status-none">
      <h2>{t('person.no-own')}</h2>
      <p>
        <Phrase k="person.no-own-ask" values={{ account: <bdi>{account}</bdi> }} />
      </p>
    </section>
  );
}

function Own({ id, news }: { id: string; news: ReactNode }) {
  const t = useT();
  const row = useRow(id);
  const context = useTellingContext(row);
  const known = useLiveState(({ board }) => board !== null);
  const onKeyDown = usePersonKeys(id, () => undefined);
  const frame = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(frame, () => heading.current?.focus({ preventScroll: true }));

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the fields in it
    <section ref={frame} className="my-status-own" onKeyDown={onKeyDown}>
      <header>
        <h2 ref={heading} tabIndex={-1} dir="auto">
          {row === undefined ? id : nameText(t, row)}
        </h2>
        {row !== undefined && isNamed(row) && <span>{row.exten}</span>}
        <ContextMark context={context} />
      </header>
      {row === undefined && known && <Gone id={id} />}
      {row === undefined && !known && <div className="my-status-loading" aria-busy="true" />}
      {row === undefined ? news : <PersonBody row={row} news={news} own />}
    </section>
  );
}
