import type { AmiEvent, AmiState } from '@lampboard/ami';
import type { Fact } from '@lampboard/board';
import type { LinkReason, LinkStatus, PbxInfo, Presence } from '@lampboard/protocol';
import type { Lister } from './lister.ts';
import type { LiveBoard } from './live-board.ts';
import type { Logger } from './log.ts';
import type { Naming } from './naming.ts';
import type { PresenceStore } from './presence-store.ts';
import { createRecurring } from './recurring.ts';
import { translate } from './translate.ts';

/** Asterisk tells nothing of a hint that a reload removed: lists are taken again and again, at most 2 % of the time. */
const RELIST_EVERY_MS = 3000;
const RELIST_SHARE = 0.02;
/** Where an event could not be believed a list tells the truth: at once, but a tenth of the time at most. */
const GAP_SHARE = 0.1;
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
  readonly store: Pick<PresenceStore, 'read'>;
  readonly readPbxInfo: () => Promise<PbxInfo>;
  readonly now: () => number;
  readonly log: Logger;
}

export function createPbxWatch({
  board,
  lister,
  naming,
  store,
  readPbxInfo,
  now,
  log,
}: PbxWatchOptions): PbxWatch {
  let link: LinkStatus = board.current().link;
  /** Counts the times that the session came up or went down: what was asked for in an earlier one no longer matters. */
  let session = 0;
  let isUp = false;
  let phase: 'down' | 'listing' | 'live' = 'down';
  const lists = createRecurring({ task: list, now });
  let listedAt = 0;
  let listMs = 0;
  /** While a list is on its way: what was heard live, and of whom. */
  let held: Fact[] = [];
  let newer = new Set<string>();
  const reading = new Map<string, symbol>();

  function goDown(reason: LinkReason): void {
    phase = reason === 'listing' ? 'listing' : 'down';
    if (link.state === 'down' && link.reason === reason) return;
    link = { state: 'down', since: link.state === 'down' ? link.since : now(), reason };
    board.observe([{ kind: 'link', link }]);
    log.warn({ reason }, 'no live link to Asterisk');
  }

  function accept(subject: string, fact: Fact): void {
    newer.add(subject);
    if (phase === 'live') board.observe([fact]);
    else held.push(fact);
  }

  async function readFull(provider: string, cut: Presence): Promise<void> {
    const mine = Symbol(provider);
    reading.set(provider, mine);
    const full = await store.read(provider);
    if (reading.get(provider) !== mine) return;
    reading.delete(provider);
    if (full.ok) accept(provider, { kind: 'presence', provider, presence: full.value });
    else if (full.code === 'refused') accept(provider, { kind: 'presence', provider, presence: cut });
    else lists.within(RELIST_SOON_MS);
  }

  /** Resolves to the milliseconds until the next list, to null while there is nothing to list from. */
  async function list(): Promise<number | null> {
    if (!isUp) return null;
    const mine = session;
    held = [];
    newer = new Set();
    const began = now();
    const isFirst = phase !== 'live';
    const pbx = isFirst ? await readPbxInfo() : board.current().pbx;
    const known = isFirst ? () => null : knownPresence;
    const listed = await lister.list({ newer, known });
    if (mine !== session) return 0;
    if (!listed.ok) {
      if (listed.code === 'permission-denied' || listed.code === 'refused') goDown('permission-denied');
      return RETRY_MS;
    }
    const { hints } = listed.value;
    const facts = [listed.value, ...naming.facts(hints)];
    if (isFirst) {
      phase = 'live';
      link = { state: 'live', since: now() };
      board.restart(pbx, [...facts, ...held, { kind: 'link', link }]);
      log.info({ extensions: hints.length, version: pbx.version }, 'live');
    } else board.observe(facts);
    void naming.ask(hints, (names) => mine === session && board.observe(names));
    listedAt = now();
    listMs = listedAt - began;
    return Math.max(RELIST_EVERY_MS, listMs / RELIST_SHARE);
  }

  function knownPresence(provider: string): Presence | null {
    for (const row of board.current().rows.values()) if (row.provider === provider) return row.presence;
    return null;
  }

  return {
    isLive: () => phase === 'live',
    onState(state) {
      session += 1;
      isUp = state.kind === 'live';
      reading.clear();
      lists.cancel();
      naming.forget();
      if (state.kind === 'live') {
        goDown('listing');
        lists.within(0);
      } else if (state.kind !== 'closed') goDown(state.kind);
    },
    onEvent(event) {
      if (phase === 'down') return;
      const heard = translate(event, (id) => phase === 'listing' || board.current().rows.has(id));
      switch (heard.kind) {
        case 'fact':
          reading.delete(heard.subject);
          accept(heard.subject, heard.fact);
          return;
        case 'cut-presence':
          void readFull(heard.provider, heard.presence);
          return;
        case 'reloaded':
          lists.within(RELIST_SOON_MS);
          return;
        case 'nothing':
      }
    },
    onGap: () => lists.within(Math.max(0, listedAt + listMs / GAP_SHARE - now())),
    close: () => lists.cancel(),
  };
}
