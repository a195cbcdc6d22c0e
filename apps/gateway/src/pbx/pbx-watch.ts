import type { AmiEvent, AmiState } from '@lampboard/ami';
import { type Fact, reduce } from '@lampboard/board';
import type { PbxInfo, Presence } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import { createCutPresences } from './cut-presences.ts';
import { createHearing } from './hearing.ts';
import { createLinkReport } from './link-report.ts';
import type { Lister } from './lister.ts';
import type { LiveBoard } from './live-board.ts';
import type { Logger } from '../log.ts';
import type { Naming } from './naming.ts';
import type { PresenceStore } from './presence-store.ts';
import { createRecurring } from './recurring.ts';
import { translate } from './translate.ts';

/** Asterisk tells nothing of a hint that a reload removed: lists are taken again and again, at most 2 % of the time. */
const RELIST_EVERY_MS = 3000;
const RELIST_SHARE = 0.02;
const RELIST_AT_LEAST_MS = 60_000;
/** Where an event could not be believed a list tells the truth: at once, but a tenth of the time at most. */
const URGENT_SHARE = 0.1;
/** A reload tells of every hint at once; one list answers them all. */
const RELIST_SOON_MS = 100;
const RETRY_MS = 2000;

/** Follows one Asterisk: what it lists and tells, and the link to it, become facts of the live board. */
export interface PbxWatch {
  onState(state: AmiState): void;
  onEvent(event: AmiEvent): void;
  onGap(): void;
  isLive(): boolean;
  close(): void;
}

export interface PbxWatchOptions {
  readonly board: LiveBoard;
  readonly lister: Lister;
  readonly naming: Naming;
  readonly store: Pick<PresenceStore, 'readOr'>;
  readonly readPbxInfo: () => Promise<PbxInfo>;
  readonly clock: Clock;
  readonly log: Logger;
}

type Phase =
  | { readonly kind: 'down' }
  /** Logged in, but told of nothing: what lists show has changed, and no event came. */
  | { readonly kind: 'deaf' }
  /** Logged in, and on the way to the first list; `held` waits for it. */
  | { readonly kind: 'listing'; readonly held: Fact[] }
  | { readonly kind: 'live' };

export function createPbxWatch(options: PbxWatchOptions): PbxWatch {
  const { board, lister, naming, store, readPbxInfo, clock, log } = options;
  const link = createLinkReport({ board, clock, log });
  let phase: Phase = { kind: 'down' };
  /** Stands for one login: what was asked for in an earlier one no longer matters. */
  let session = Symbol('session');
  /** Whom something was heard of while a list is on its way. */
  let newer = new Set<string>();
  /** A change may have been missed: texts known in full may no longer be so. */
  let mayHaveMissed = false;
  let hearing = createHearing();
  let lastList = { endedAt: 0, tookMs: 0 };
  const lists = createRecurring({ task: list, elapsed: clock.elapsed });
  const cutPresences = createCutPresences({
    store,
    onRead: (provider, presence) => accept(provider, { kind: 'presence', provider, presence }),
    onFailure() {
      mayHaveMissed = true;
      lists.within(RELIST_SOON_MS);
    },
  });

  function accept(subject: string, fact: Fact): void {
    newer.add(subject);
    if (phase.kind === 'listing') phase.held.push(fact);
    else board.observe([fact]);
  }

  /** Resolves to the milliseconds until the next list, to null while there is nothing to list from. */
  async function list(): Promise<number | null> {
    if (phase.kind === 'down' || phase.kind === 'deaf') return null;
    const mine = session;
    const began = clock.elapsed();
    const pbx = phase.kind === 'live' ? board.current().pbx : await readPbxInfo();
    if (phase.kind === 'listing') phase = { kind: 'listing', held: [] };
    newer = new Set();
    const known = phase.kind === 'live' && !mayHaveMissed ? knownPresence : () => null;
    mayHaveMissed = false;
    const listed = await lister.list({ newer, known });
    if (mine !== session) return 0;
    if (!listed.ok) {
      mayHaveMissed = true;
      if (listed.code === 'permission-denied' || listed.code === 'refused') {
        phase = { kind: 'listing', held: [] };
        link.down('permission-denied');
      }
      return RETRY_MS;
    }
    const { hints } = listed.value;
    const facts = [listed.value, ...naming.facts(hints)];
    if (phase.kind === 'listing') goLive(pbx, [...facts, ...phase.held], hints.length);
    else {
      hearing.listed(() => changesLamps(listed.value));
      board.observe(facts);
      if (hearing.isDeaf()) {
        phase = { kind: 'deaf' };
        link.down('no-events');
      }
    }
    void naming.ask(hints, (names) => mine === session && board.observe(names));
    lastList = { endedAt: clock.elapsed(), tookMs: clock.elapsed() - began };
    return Math.min(Math.max(RELIST_EVERY_MS, lastList.tookMs / RELIST_SHARE), RELIST_AT_LEAST_MS);
  }

  function goLive(pbx: PbxInfo, facts: readonly Fact[], extensions: number): void {
    phase = { kind: 'live' };
    board.restart(pbx, [...facts, link.live()]);
    log.info({ extensions, version: pbx.version }, 'live');
  }

  /** Milliseconds, so that lists out of turn take their share of the time at most. */
  function untilListMayFollow(): number {
    return Math.max(0, lastList.endedAt + lastList.tookMs / URGENT_SHARE - clock.elapsed());
  }

  function changesLamps(listed: Fact): boolean {
    return reduce(board.current(), [listed], 0).changes.some(({ kind }) => kind === 'lamp');
  }

  function knownPresence(provider: string): Presence | null {
    for (const row of board.current().rows.values()) if (row.provider === provider) return row.presence;
    return null;
  }

  return {
    isLive: () => phase.kind === 'live',
    onState(state) {
      session = Symbol('session');
      hearing = createHearing();
      cutPresences.clear();
      lists.cancel();
      naming.forget();
      if (state.kind === 'live') {
        phase = { kind: 'listing', held: [] };
        link.down('listing');
        lists.within(0);
      } else {
        phase = { kind: 'down' };
        if (state.kind !== 'closed') link.down(state.kind, 'detail' in state ? state.detail : undefined);
      }
    },
    onEvent(event) {
      if (phase.kind === 'down' || phase.kind === 'deaf') return;
      hearing.heardEvent();
      const heard = translate(event, {
        isShown: lister.isShown,
        isKnown: (id) => phase.kind === 'listing' || board.current().rows.has(id),
      });
      switch (heard.kind) {
        case 'fact':
          cutPresences.supersede(heard.subject);
          accept(heard.subject, heard.fact);
          return;
        case 'cut-presence':
          cutPresences.read(heard.provider, heard.presence);
          return;
        case 'reloaded':
          lists.within(Math.max(RELIST_SOON_MS, untilListMayFollow()));
          return;
        case 'nothing':
      }
    },
    onGap() {
      hearing.heardEvent();
      mayHaveMissed = true;
      lists.within(untilListMayFollow());
    },
    close: () => lists.cancel(),
  };
}
