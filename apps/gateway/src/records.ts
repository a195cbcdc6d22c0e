import { type AuditLog, createAuditLog } from './audit/audit-log.ts';
import type { Config } from './config/config.ts';
import { type Journal, createJournal } from './edits/journal.ts';
import { type KeptHistory, createHistory } from './history/history.ts';
import type { Identity } from './identity.ts';
import type { Logger } from './log.ts';
import { createRetention } from './store/retention.ts';

/** What is kept for a while of what happened: edits, lamps and presences, and what concerns accounts and sessions. */
export interface Records {
  readonly journal: Journal;
  readonly history: KeptHistory;
  readonly audit: AuditLog;
  /** Removes what has been kept for long enough, and sessions that have run out. */
  sweep(): void;
}

export function openRecords({
  identity: { store, writer, sessions },
  config: { keepEditsMs, keepHistoryMs },
  isLive,
  now,
  log,
}: {
  identity: Pick<Identity, 'store' | 'writer' | 'sessions'>;
  config: Pick<Config, 'keepEditsMs' | 'keepHistoryMs'>;
  isLive: () => boolean;
  now: () => number;
  log: Logger;
}): Records {
  const { db } = store;
  const retention = createRetention({ db, writer, now, log });
  const retentionNow = retention.now;
  const journal = createJournal({ db, writer, now: retentionNow, keepMs: keepEditsMs });
  const history = createHistory({ db, writer, now, retentionNow, isLive, keepMs: keepHistoryMs });
  const audit = createAuditLog({ db, writer, now, retentionNow, keepMs: keepEditsMs, log });

  return {
    journal,
    history,
    audit,
    sweep() {
      retention.note();
      sessions.sweep(retentionNow());
      journal.sweep();
      audit.sweep();
    },
  };
}
