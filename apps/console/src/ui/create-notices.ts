import { type StoreApi, createStore } from 'zustand/vanilla';

/** Something that happened, told where everybody looks, and read out. */
export interface Notice {
  readonly text: string;
  /** An alert is read out at once, and stays until it is put away. */
  readonly tone: 'done' | 'alert';
  readonly action?: { readonly word: string; readonly run: () => void } | undefined;
}

interface Told extends Notice {
  readonly id: number;
}

export interface Notices {
  readonly store: Pick<StoreApi<readonly Told[]>, 'getState' | 'getInitialState' | 'subscribe'>;
  tell: (notice: Notice) => void;
  putAway: (id: number) => void;
  /** What can be taken back where it is shown already, without a notice; until something later is told. */
  offer: (run: () => void) => void;
  /** Does what the latest notice or offer holds, once; false where there is none. */
  runLatest: () => boolean;
}

/** So many are shown at once; the oldest makes way. */
const MOST = 3;

export function createNotices(): Notices {
  const store = createStore<readonly Told[]>(() => []);
  let last = 0;
  let offered: { readonly id: number; readonly run: () => void } | null = null;
  const putAway = (id: number) =>
    store.setState(
      store.getState().filter((notice) => notice.id !== id),
      true,
    );
  return {
    store,
    tell: (notice) => {
      last += 1;
      const before = store.getState().filter(({ text }) => text !== notice.text);
      store.setState([...before, { ...notice, id: last }].slice(-MOST), true);
    },
    putAway,
    offer: (run) => {
      last += 1;
      offered = { id: last, run };
    },
    runLatest: () => {
      const latest = store.getState().findLast(({ action }) => action !== undefined);
      if (offered !== null && offered.id > (latest?.id ?? 0)) {
        const { run } = offered;
        offered = null;
        run();
        return true;
      }
      if (latest === undefined) return false;
      putAway(latest.id);
      latest.action?.run();
      return true;
    },
  };
}
