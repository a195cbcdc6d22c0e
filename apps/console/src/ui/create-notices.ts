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
  /** Does what the latest notice offers, and puts it away; false where none offers anything. */
  runLatest: () => boolean;
}

/** So many are shown at once; the oldest makes way. */
const MOST = 3;

export function createNotices(): Notices {
  const store = createStore<readonly Told[]>(() => []);
  let last = 0;
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
    runLatest: () => {
      const latest = store.getState().findLast(({ action }) => action !== undefined);
      if (latest === undefined) return false;
      putAway(latest.id);
      latest.action?.run();
      return true;
    },
  };
}
