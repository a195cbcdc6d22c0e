import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { openTestAuth } from '../../auth/testing/open-test-auth.ts';
import { createMetrics } from '../../metrics/metrics.ts';

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

function opened() {
  const logged: unknown[] = [];
  const log = {
    info: (...line: unknown[]) => void logged.push(['info', ...line]),
    warn: (...line: unknown[]) => void logged.push(['warn', ...line]),
  };
  const { store, writer, accounts, folder } = openTestAuth({ log });
  const { db } = store;
  db.exec('CREATE TABLE notes (note TEXT UNIQUE)');
  const insertNote = db.prepare('INSERT INTO notes VALUES (?)');
  const note = (text: string) => () => void insertNote.run(text);
  const notes = () =>
    db
      .prepare('SELECT note FROM notes ORDER BY rowid')
      .all()
      .map((row) => Object.values(Object(row))[0]);
  function lock(): () => void {
    const other = new Database(join(folder, 'lampboard.db'));
    other.exec('BEGIN EXCLUSIVE');
    return () => {
      other.exec('ROLLBACK');
      other.close();
    };
  }
  return { writer, accounts, note, notes, lock, logged };
}

it('[ST5] retries failed writes in order, of one key only the last', async () => {
  const { writer, note, notes, lock, logged } = opened();
  const unlock = lock();
  expect(writer.write('edits', note('first'))).toBe(false);
  expect(writer.write('sessions', note('used at nine'), 'session')).toBe(false);
  expect(writer.write('edits', note('second'))).toBe(false);
  expect(writer.write('sessions', note('used at ten'), 'session')).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(notes()).toEqual([]);
  expect(writer.counts().edits).toMatchObject({ waiting: 2, lost: 0 });
  unlock();
  await vi.advanceTimersByTimeAsync(2000);
  expect(notes()).toEqual(['first', 'second', 'used at ten']);
  expect(writer.counts().edits.waiting).toBe(0);
  expect(writer.write('edits', note('at once again'))).toBe(true);
  expect(logged).toEqual([
    ['warn', { kind: 'edits', reason: 'locked' }, 'store write failed'],
    ['info', { kind: 'edits' }, 'store writes recovered'],
  ]);
});

it('[ST5] an immediate write cancels pending ones of its key', async () => {
  const { writer, note, notes, lock } = opened();
  const unlock = lock();
  writer.write('return-times', note('taken back'), '1101');
  expect(writer.attempt('return-times', note('at nine'), '1101')).toBe(false);
  unlock();
  expect(writer.attempt('return-times', note('at ten'), '1101')).toBe(true);
  await vi.advanceTimersByTimeAsync(2000);
  expect(notes()).toEqual(['at ten']);
});

it('[ST5] queues a thousand writes of a kind; more are lost, which is logged once', () => {
  const { writer, note, lock, logged } = opened();
  onTestFinished(lock());
  for (let count = 0; count < 1010; count += 1) writer.write('edits', note(`edit ${count}`));
  expect(writer.write('sessions', note('of another kind'))).toBe(false);
  expect(writer.counts().edits).toMatchObject({ waiting: 1000, lost: 10 });
  expect(writer.counts().sessions).toMatchObject({ waiting: 1, lost: 0 });
  expect(logged.filter((line) => JSON.stringify(line).includes('change history'))).toHaveLength(1);
});

it('[ST5] drops an invalid write, which does not block later ones', async () => {
  const { writer, note, notes, lock } = opened();
  writer.write('edits', note('once'));
  const unlock = lock();
  writer.write('edits', note('once'));
  writer.write('edits', note('another'));
  unlock();
  await vi.advanceTimersByTimeAsync(2000);
  expect(notes()).toEqual(['once', 'another']);
  expect(writer.counts().edits).toMatchObject({ waiting: 0, lost: 1 });
});

it('[ST5] retries pending writes at the stop', () => {
  const { writer, note, notes, lock } = opened();
  const unlock = lock();
  writer.write('edits', note('just before'));
  unlock();
  writer.stop();
  expect(notes()).toEqual(['just before']);
});

it('[ST6] a command fails atomically at a lock, and does not block later ones', async () => {
  const { writer, accounts, note, notes, lock } = opened();
  const unlock = lock();
  const add = () => accounts.add({ name: 'rita', role: 'user', extensions: [], authMethod: 'password' });
  const error: unknown = await (async () => add())().catch((thrown: unknown) => thrown);
  expect(writer.toFailure(error)).toMatchObject({ ok: false, code: 'store-unavailable' });
  expect(writer.toFailure(new Error('something else'))).toBeNull();
  expect(accounts.list()).toEqual([]);
  unlock();
  expect(writer.attempt('history', note('after it'))).toBe(true);
  expect(notes()).toEqual(['after it']);
});

it('[MT6] exports failed, pending and lost writes by kind, from the start', async () => {
  const { writer, note, lock } = opened();
  const metrics = createMetrics();
  metrics.gauge({ pbxs: () => [], store: { bytes: () => 0, writes: writer.counts } });
  expect((await metrics.text()).body).toContain('lampboard_store_failed_writes_total{kind="edits"} 0');
  onTestFinished(lock());
  writer.write('edits', note('waits'));
  const { body } = await metrics.text();
  expect(body).toContain('lampboard_store_failed_writes_total{kind="edits"} 1');
  expect(body).toContain('lampboard_store_waiting_writes{kind="edits"} 1');
  expect(body).toContain('lampboard_store_lost_writes_total{kind="edits"} 0');
});
