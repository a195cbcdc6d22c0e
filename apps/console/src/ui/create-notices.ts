import { type StoreApi, createStore } from 'zustand/vanilla';

/** Something that happened, told where everybody looks, and read out. */
export interface Notice {
  readonly text: string;
  /** An alert is read out at once, and stays until it is put away. */
  readonly tone: 'done' | 'info' | 'alert';
  /** An id, such as of an extension: a later notice about the same takes the place of this one. */
  readonly about?: string;
  readonly action?: { readonly word: string; readonly run: () => void } | undefined;
}

interface Told extends Notice {
  readonly id: number;
}

export interface Notices {
  readonly store: Pick<StoreApi<readonly Told[]>, 'getState' | 'getInitialState' | 'subscribe'>;
  tell: (notice: Notice) => void;
  putAway: (id: number) => void;
  putAwayAbout: (about: string) => void;
}

/** So many are shown at once; the oldest makes way. */
const MOST = 3;

export function createNotices(): Notices {
  const store = createStore<readonly Told[]>(() => []);
  let last = 0;
  const keepOnly = (keeps: (notice: Told) => boolean) => store.setState(store.getState().filter(keeps), true);
  return {
    store,
    tell: (notice) => {
      last += 1;
      const before = store
        .getState()
        .filter(({ text, about }) => text !== notice.text && (about === undefined || about !== notice.about));
      store.setState([...before, { ...notice, id: last }].slice(-MOST), true);
    },
    putAway: (id) => keepOnly((notice) => notice.id !== id),
    putAwayAbout: (about) => keepOnly((notice) => notice.about !== about),
  };
}
