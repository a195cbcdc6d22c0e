import { Check, Info, TriangleAlert, X } from 'lucide-react';
import {
  type ReactNode,
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { useT } from '../i18n/i18n-context.tsx';
import { Button } from './button.tsx';
import type { Notice, Notices } from './create-notices.ts';
import './notices.css';

/** Milliseconds for which a notice stays while nobody points at it; time enough to read it and to act (WCAG 2.2.1). */
const STAYS_MS = 20_000;

const NoticesContext = createContext<Notices | null>(null);

export function NoticesProvider({ notices, children }: { notices: Notices; children: ReactNode }) {
  return (
    <NoticesContext value={notices}>
      {children}
      <NoticeList notices={notices} />
    </NoticesContext>
  );
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error('NoticesProvider is missing');
  return notices;
}

/** At the foot of the page, whatever page that is, which keeps free what they take: `--notices`. */
function NoticeList({ notices }: { notices: Notices }) {
  const told = useStore(notices.store);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--notices', `${current.offsetHeight}px`));
    observer.observe(current, { box: 'border-box' });
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={list} className="notices">
      <output>{told.filter((notice) => !isAlert(notice)).map(show)}</output>
      {told.filter(isAlert).map(show)}
    </div>
  );

  function show({ id, ...notice }: (typeof told)[number]) {
    return <NoticeLine key={id} notice={notice} onPutAway={() => notices.putAway(id)} />;
  }
}

const isAlert = ({ tone }: Notice) => tone === 'alert';
const ICONS = { done: Check, info: Info, alert: TriangleAlert } as const;

function NoticeLine({ notice, onPutAway }: { notice: Notice; onPutAway: () => void }) {
  const t = useT();
  const [held, setHeld] = useState(false);
  const { text, tone, action } = notice;
  const stays = held || tone === 'alert';
  const putAway = useEffectEvent(onPutAway);
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(() => putAway(), STAYS_MS);
    return () => clearTimeout(timer);
  }, [stays]);
  const Icon = ICONS[tone];
  return (
    <div
      className="notice"
      role={tone === 'alert' ? 'alert' : undefined}
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} aria-hidden="true" />
      <p dir="auto">{text}</p>
      {action !== undefined && (
        <Button
          look="quiet"
          onClick={() => {
            onPutAway();
            action.run();
          }}
        >
          {action.word}
        </Button>
      )}
      <button type="button" className="notice-close" aria-label={t('ui.put-away')} onClick={onPutAway}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
