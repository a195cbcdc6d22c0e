import {
  DEFAULT_PREFERENCES,
  FAVOURITES,
  type Failure,
  type OwnBoard,
  type OwnGroup,
  type Preferences,
  ownBoard,
} from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';
import type { Api } from '../api/api.ts';

const NO_FAVOURITES: OwnGroup = { id: FAVOURITES, name: '', members: [] };
/** Until the gateway has told it. */
const NOTHING: OwnBoard = { preferences: DEFAULT_PREFERENCES, groups: [NO_FAVOURITES] };

/**
 * What the account has made of its board: kept by the gateway, and here at once. No lamp and no presence is among it, so
 * a change shows before it is kept; one that is refused is taken back.
 */
export interface Own {
  readonly store: Pick<StoreApi<OwnBoard>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** The gateway told it, checked or not. False where it was not understood. */
  arrived: (raw: unknown) => boolean;
  prefer: (patch: Partial<Preferences>) => void;
  saveGroup: (group: OwnGroup) => void;
  removeGroup: (id: string) => void;
  /** Puts the groups named first, in this order. */
  orderGroups: (ids: readonly string[]) => void;
  /** Whether it is one from here on. */
  toggleFavourite: (extension: string) => boolean;
  /** Calls back for every change that was refused, and taken back; returns what stops it. */
  onRefused: (listener: (failure: Failure) => void) => () => void;
  /** Lets go of everything: it was somebody else's. */
  clear: () => void;
}

export function createOwn({
  ask,
  accountName,
}: {
  ask: Api['ask'];
  /** Whose it is; null while nobody is signed in. */
  accountName: () => string | null;
}): Own {
  const store = createStore<OwnBoard>(() => NOTHING);
  let told = NOTHING;
  let waiting = 0;
  const listeners = new Set<(failure: Failure) => void>();

  /** What the gateway tells while something is on its way would undo that for a moment. */
  const show = () => {
    if (waiting === 0) store.setState(told, true);
  };

  async function change(next: OwnBoard, send: (account: string) => Promise<{ ok: true } | Failure>) {
    const account = accountName();
    if (account === null) return;
    store.setState(next, true);
    waiting += 1;
    const reply = await send(account);
    waiting -= 1;
    if (reply.ok) told = waiting === 0 ? store.getState() : told;
    else for (const listener of listeners) listener(reply);
    show();
  }

  const groups = () => store.getState().groups;
  const withGroups = (next: readonly OwnGroup[]): OwnBoard => ({ ...store.getState(), groups: next });

  const saveGroup: Own['saveGroup'] = (group) => {
    const known = groups().some(({ id }) => id === group.id);
    const next = known
      ? groups().map((other) => (other.id === group.id ? group : other))
      : [...groups(), group];
    void change(withGroups(next), (account) => ask('save-group', { account, group }));
  };

  return {
    store,
    arrived: (raw) => {
      const parsed = ownBoard.safeParse(raw);
      if (!parsed.success) return false;
      told = parsed.data;
      show();
      return true;
    },
    prefer: (patch) => {
      const { preferences } = store.getState();
      const next = { ...store.getState(), preferences: { ...preferences, ...patch } };
      void change(next, (account) => ask('set-preferences', { account, preferences: patch }));
    },
    saveGroup,
    removeGroup: (id) =>
      void change(withGroups(groups().filter((group) => group.id !== id)), (account) =>
        ask('remove-group', { account, group: id }),
      ),
    orderGroups: (ids) => {
      const placeOf = ({ id }: OwnGroup) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
      const next = groups().toSorted((a, b) => placeOf(a) - placeOf(b));
      void change(withGroups(next), (account) => ask('order-groups', { account, groups: [...ids] }));
    },
    toggleFavourite: (extension) => {
      const favourites = groups().find(({ id }) => id === FAVOURITES) ?? NO_FAVOURITES;
      const was = favourites.members.includes(extension);
      const members = was
        ? favourites.members.filter((id) => id !== extension)
        : [...favourites.members, extension];
      saveGroup({ ...favourites, members });
      return !was;
    },
    onRefused: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => {
      told = NOTHING;
      store.setState(NOTHING, true);
    },
  };
}
