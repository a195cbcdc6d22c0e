import type { AmiClient, AmiEvent, AmiState } from '@lampboard/ami';
import { type Fact, phoneKey, providerKey, providerKeyOf } from '@lampboard/board';
import type { ExtensionRow, PbxInfo, Presence } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import { createHearing } from './hearing.ts';
import { createInquiries } from './inquiries.ts';
import { createLinkReport } from './link-report.ts';
import type { ListPace } from './list-pace.ts';
import type { Lister } from './lister.ts';
import type { LiveBoard } from './live-board.ts';
import type { Logger } from '../log.ts';
import type { Naming } from './naming.ts';
import type { Phones } from './phones.ts';
import type { PresenceStore } from './presence-store.ts';
import { createRecurring } from './recurring.ts';
import { createReloadSign } from './reload-sign.ts';
import { type Heard, type Scope, phoneSubject, translate, translateDoubted } from './translate.ts';

/** A reload tells of every hint at once; one list answers them all. */
const RELIST_SOON_MS = 100;
const RETRY_MS = 2000;

/** Follows one Asterisk: what it lists and tells, and the link to it, become facts of the live board. */
export interface PbxWatch {
  onState(state: AmiState): void;
  onEvent(event: AmiEvent): void;
  onDoubted(subject: AmiEvent): void;
  onGap(): void;
  isLive(): boolean;
  close(): void;
}

export interface PbxWatchOptions {
  readonly board: LiveBoard;
  readonly lister: Lister;
  readonly pace: ListPace;
  readonly naming: Naming;
  readonly ami: Pick<AmiClient, 'send' | 'resetBackOff'>;
  readonly store: Pick<PresenceStore, 'read' | 'readOr'>;
  readonly phones: Pick<Phones, 'read' | 'joinedWith'>;
  readonly readPbxInfo: () => Promise<PbxInfo>;
  readonly clock: Clock;
  readonly log: Logger;
}

type Phase =
  | { readonly kind: 'down' }
  /** Logged in, but told of nothing: what lists show has changed, and no event came. */
  | { readonly kind: 'deaf' }
  /** Logged in, and on the way to the first list; `held` waits for it. */
  | { readonly kind: 'listing'; readonly held: Map<string, Fact> }
  | { readonly kind: 'live' };

export function createPbxWatch(options: PbxWatchOptions): PbxWatch {
  const { board, lister, pace, naming, ami, store, phones, readPbxInfo, clock, log } = options;
  const link = createLinkReport({ board, clock, log });
  let phase: Phase = { kind: 'down' };
  /** Stands for one login: what was asked for in an earlier one no longer matters. */
  let session = Symbol('session');
  /** Extensions and providers of which something was heard while a list is on its way. */
  let newer: Set<string> | null = null;
  /** A change may have been missed: texts known in full may no longer be so. */
  let mayHaveMissed = false;
  const reloadSign = createReloadSign({ board: board.current, elapsed: clock.elapsed });
  let hearing = createHearing();
  const lists = createRecurring({ task: list, elapsed: clock.elapsed });
  const inquiries = createInquiries({
    ami,
    store,
    phones,
    clock,
    onPhone: (fact) => accept(phoneKey(fact.id), fact),
    onLamp: (event) => take(translate(event, scope)),
    onPresence: (fact) => accept(providerKey(fact.provider), fact),
    onFailure: listOutOfTurn,
  });
  const scope: Scope = {
    isShown: lister.isShown,
    isKnown: (id) => phase.kind === 'listing' || board.current().rows.has(id),
    isProvider: (provider) => phase.kind === 'listing' || rowOf(provider) !== undefined,
  };

  function accept(subject: string, fact: Fact): void {
    newer?.add(subject);
    if (phase.kind === 'listing') phase.held.set(subject, fact);
    else board.observe([fact]);
  }

  /** Resolves to the milliseconds until the next list, to null while there is nothing to list from. */
  async function list(): Promise<number | null> {
    if (phase.kind === 'down' || phase.kind === 'deaf') return null;
    const mine = session;
    const ended = pace.begin();
    if (phase.kind === 'listing') phase = { kind: 'listing', held: new Map() };
    const heard = (newer = new Set<string>());
    const known = phase.kind === 'live' && !mayHaveMissed ? knownPresence : () => null;
    mayHaveMissed = false;
    const [listed, pbx] = await Promise.all([
      lister.list({ newer: heard, known }),
      phase.kind === 'live' ? board.current().pbx : readPbxInfo(),
    ]);
    if (mine !== session) return 0;
    newer = null;
    if (!listed.ok) {
      mayHaveMissed = true;
      if (listed.code === 'permission-denied' || listed.code === 'refused') {
        phase = { kind: 'listing', held: new Map() };
        link.down('permission-denied');
      }
      return RETRY_MS;
    }
    const { hints } = listed.value;
    const facts = [listed.value, ...naming.listed(hints)];
    if (phase.kind === 'listing') goLive(pbx, [...facts, ...phase.held.values()], hints.length);
    else {
      hearing.listed(board.current(), listed.value);
      board.observe(facts);
      if (hearing.isDeaf()) {
        phase = { kind: 'deaf' };
        link.down('no-events');
      }
    }
    return ended();
  }

  function goLive(pbx: PbxInfo, facts: readonly Fact[], extensions: number): void {
    phase = { kind: 'live' };
    ami.resetBackOff();
    board.restart(pbx, [...facts, link.live()]);
    log.info({ extensions, version: pbx.version }, 'live');
  }

  function rowOf(provider: string): ExtensionRow | undefined {
    const key = providerKey(provider);
    for (const row of board.current().rows.values()) if (providerKeyOf(row) === key) return row;
    return undefined;
  }

  const knownPresence = (provider: string): Presence | null => rowOf(provider)?.presence ?? null;

  function listOutOfTurn(): void {
    mayHaveMissed = true;
    lists.within(pace.urgent());
  }

  function take(heard: Heard): void {
    switch (heard.kind) {
      case 'fact':
        inquiries.supersede(heard.subject);
        if (reloadSign.completedBy(heard.fact)) take({ kind: 'reloaded' });
        accept(heard.subject, heard.fact);
        return heard.phone && inquiries.ask(heard.phone);
      case 'unclear':
        if (reloadSign.completedByDoubted(heard.subject)) take({ kind: 'reloaded' });
        return inquiries.ask(heard.subject);
      case 'reloaded':
        naming.refresh();
        return take({ kind: 'unlisted' });
      case 'unlisted':
        return lists.within(Math.max(RELIST_SOON_MS, pace.urgent()));
      case 'nothing':
    }
  }

  function hear(event: AmiEvent, read: typeof translate | typeof translateDoubted): void {
    if (phase.kind !== 'listing' && phase.kind !== 'live') return;
    if (event.name === 'DeviceStateChange') {
      const joined = phones.joinedWith(event.fields['device'] ?? '');
      for (const [id, hint] of joined) inquiries.ask(phoneSubject(id, hint));
      return;
    }
    hearing.heardEvent();
    take(read(event, scope));
  }

  return {
    isLive: () => phase.kind === 'live',
    onState(state) {
      session = Symbol('session');
      hearing = createHearing();
      inquiries.clear();
      lists.cancel();
      naming.refresh();
      if (state.kind === 'live') {
        phase = { kind: 'listing', held: new Map() };
        link.down('listing');
        lists.within(0);
      } else {
        phase = { kind: 'down' };
        if (state.kind !== 'closed') link.down(state.kind, 'detail' in state ? state.detail : undefined);
      }
    },
    onEvent: (event) => hear(event, translate),
    onDoubted: (subject) => hear(subject, translateDoubted),
    onGap: listOutOfTurn,
    close: () => lists.cancel(),
  };
}
