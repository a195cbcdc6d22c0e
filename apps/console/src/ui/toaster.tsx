import { type StoreApi, createStore } from 'zustand/vanilla';
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
import { Button, IconButton } from './button.tsx';
import './toaster.css';

interface Toast {
  readonly text: string;
  /** An error is announced immediately, and stays until dismissed. */
  readonly tone: 'success' | 'info' | 'error';
  /** An id, such as an extension's: a later toast with the same key replaces this one. */
  readonly key?: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

interface ActiveToast extends Toast {
  readonly id: number;
}

export interface ToastStore {
  readonly store: Pick<StoreApi<readonly ActiveToast[]>, 'getState' | 'getInitialState' | 'subscribe'>;
  show: (toast: Toast) => void;
  dismiss: (id: number) => void;
  dismissByKey: (key: string) => void;
}

const MAX_VISIBLE = 3;

export function createToastStore(): ToastStore {
  const store = createStore<readonly ActiveToast[]>(() => []);
  let lastId = 0;
  const retain = (predicate: (toast: ActiveToast) => boolean) =>
    store.setState(store.getState().filter(predicate), true);
  return {
    store,
    show: (toast) => {
      lastId += 1;
      const others = store
        .getState()
        .filter(({ text, key }) => text !== toast.text && (key === undefined || key !== toast.key));
      store.setState([...others, { ...toast, id: lastId }].slice(-MAX_VISIBLE), true);
    },
    dismiss: (id) => retain((toast) => toast.id !== id),
    dismissByKey: (key) => retain((toast) => toast.key !== key),
  };
}

/** Milliseconds until a toast is dismissed, unless hovered or focused; enough to read it and act (WCAG 2.2.1). */
const AUTO_DISMISS_MS = 20_000;

const ToastContext = createContext<ToastStore | null>(null);

export function ToastProvider({ toasts, children }: { toasts: ToastStore; children: ReactNode }) {
  return (
    <ToastContext value={toasts}>
      {children}
      <Toaster toasts={toasts} />
    </ToastContext>
  );
}

export function useToasts(): ToastStore {
  const toasts = useContext(ToastContext);
  if (toasts === null) throw new Error('ToastProvider is missing');
  return toasts;
}

/** Sets `--toaster-height`, which pages keep free at their foot. */
function Toaster({ toasts }: { toasts: ToastStore }) {
  const activeToasts = useStore(toasts.store);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() =>
      style.setProperty('--toaster-height', `${current.offsetHeight}px`),
    );
    observer.observe(current, { box: 'border-box' });
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={list} className="toaster">
      <output>{activeToasts.filter((toast) => !isError(toast)).map(renderToast)}</output>
      {activeToasts.filter(isError).map(renderToast)}
    </div>
  );

  function renderToast({ id, ...toast }: (typeof activeToasts)[number]) {
    return <ToastItem key={id} toast={toast} onDismiss={() => toasts.dismiss(id)} />;
  }
}

const isError = ({ tone }: Toast) => tone === 'error';
const ICONS = { success: Check, info: Info, error: TriangleAlert } as const;

function ToastItem({ toast, onDismiss }: { toast: Toast; onDismiss: () => void }) {
  const t = useT();
  const [isHeld, setIsHeld] = useState(false);
  const { text, tone, action } = toast;
  const isPersistent = isHeld || tone === 'error';
  const dismiss = useEffectEvent(onDismiss);
  useEffect(() => {
    if (isPersistent) return undefined;
    const timer = setTimeout(() => dismiss(), AUTO_DISMISS_MS);
    return () => clearTimeout(timer);
  }, [isPersistent]);
  const Icon = ICONS[tone];
  return (
    <div
      className="toast"
      role={tone === 'error' ? 'alert' : undefined}
      data-tone={tone}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Icon size={16} aria-hidden="true" />
      <p dir="auto">{text}</p>
      {action !== undefined && (
        <Button
          variant="ghost"
          onClick={() => {
            onDismiss();
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton className="toast-close" Icon={X} size={16} label={t('ui.dismiss')} onClick={onDismiss} />
    </div>
  );
}
