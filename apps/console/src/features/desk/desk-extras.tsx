import { CircleCheck } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useCalls, useDistinctions, useExtension, useIsLive } from '../../data/socket/live-context.tsx';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { messageName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Kbd } from '../../keyboard/kbd.tsx';
import { SHORTCUTS } from '../../keyboard/shortcuts.ts';

interface LastOpenedProps {
  ids: readonly string[];
  onOpen: (id: string) => void;
}

export function LastOpened({ ids, onOpen }: LastOpenedProps) {
  const t = useT();
  const headingId = useId();
  if (ids.length === 0) return null;
  return (
    <section className="desk-part" data-part="opened" aria-labelledby={headingId}>
      <h2 id={headingId}>{t('desk.opened')}</h2>
      <ul className="chips">
        {ids.map((id) => (
          <OpenedChip key={id} {...{ id, onOpen }} />
        ))}
      </ul>
    </section>
  );
}

function OpenedChip({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const t = useT();
  const extension = useExtension(id);
  const distinctions = useDistinctions();
  const live = useIsLive(id);
  const calls = useCalls(id);
  if (extension === undefined) return null;
  const name = messageName(t, extension, distinctions);
  return (
    <li>
      <button type="button" className="chip desk-chip" onClick={() => onOpen(id)}>
        <ExtensionLamp extension={extension} live={live} callStates={calls.map(({ state }) => state)} />
        <bdi className="truncate" title={name}>
          {name}
        </bdi>
      </button>
    </li>
  );
}

interface TodayProps {
  away: number;
  dueToday: number;
}

/** Counts people who are away, and return times that are still today. */
export function Today({ away, dueToday }: TodayProps) {
  const t = useT();
  const headingId = useId();
  const figure = (count: number, label: string) => (
    <div className="card desk-figure">
      <dd>{count}</dd>
      <dt>{label}</dt>
    </div>
  );
  return (
    <section className="desk-part" aria-labelledby={headingId}>
      <h2 id={headingId}>{t('desk.today')}</h2>
      <dl className="desk-figures">
        {figure(away, t('desk.away'))}
        {figure(dueToday, t('desk.back-today'))}
      </dl>
    </section>
  );
}

/** Nothing waits: says so, and how the desk is filled. */
export function Quiet() {
  const t = useT();
  const { global, board, person } = SHORTCUTS;
  const tip = (keys: ReactNode, text: string) => (
    <li>
      <span className="desk-tip-keys">{keys}</span>
      <span>{text}</span>
    </li>
  );
  return (
    <section className="desk-quiet">
      <CircleCheck size={22} aria-hidden="true" />
      <h2>{t('desk.quiet')}</h2>
      <p>{t('desk.quiet-description')}</p>
      <ul>
        {tip(<Kbd shortcut={global.find[0]} always />, t('desk.tip-find'))}
        {tip(<Kbd shortcut={board.open[0]} always />, t('desk.tip-open'))}
        {tip(
          <>
            <Kbd shortcut={person.available[0]} />–<Kbd shortcut={person.unavailable[0]} />
          </>,
          t('desk.tip-presence'),
        )}
        {tip(<Kbd shortcut={board.watch[0]} />, t('desk.tip-watch'))}
      </ul>
    </section>
  );
}
