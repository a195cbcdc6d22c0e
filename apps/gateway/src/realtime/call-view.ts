import { isDeepStrictEqual } from 'node:util';
import {
  type Board,
  type CallViewer,
  type NumberIndex,
  changedId,
  entriesOfCall,
  mayChangeNumbers,
  numbersOf,
  visibleCall,
} from '@lampboard/model';
import type { Call, Change, Delta } from '@lampboard/protocol';

/** Calls as clients know them, by id; null where they know of none. */
type CallForms = ReadonlyMap<string, Call | null>;

/** Clients that are sent the same calls. */
export interface CallAudience {
  readonly assigned: readonly string[];
  /** Of the calls around the assigned extensions, which may have another form for them than for others. */
  callForms: Map<string, Call | null>;
}

/** A call after a delta that may have changed it for clients. */
interface DueCall {
  readonly id: string;
  /** Null where it has ended. */
  readonly call: Call | null;
  readonly known: Call | null;
  readonly form: Call | null;
  /** Its form for audiences without a part in it. */
  readonly changes: readonly Change[];
}

interface CallViewOptions extends Omit<CallViewer, 'assigned'> {
  readonly board: () => Board;
  readonly numbers: () => NumberIndex;
}

const NO_NUMBERS: NumberIndex = new Map();

/** Calls as accounts with the same rights see them. */
export function createCallView({ limits, others, board, numbers }: CallViewOptions) {
  const isWhole = limits === null && others === 'full';
  /** As audiences without a part in them know them; empty where all see all. */
  let forms: Map<string, Call | null>;
  /** Ids of the entries around each call, by its id. */
  let entries: Map<string, readonly string[]>;
  read();

  function context() {
    return { ...board(), numbers: limits === null ? NO_NUMBERS : numbers() };
  }

  function formOf(call: Call, assigned: readonly string[] = []): Call | null {
    return visibleCall(call, { limits, others, assigned }, context());
  }

  function read(): void {
    const calls = isWhole ? [] : [...board().calls.values()];
    const current = context();
    forms = new Map(calls.map((call) => [call.id, formOf(call)]));
    entries = new Map(calls.map((call) => [call.id, entriesOfCall(call, current)]));
  }

  function numbersAround(call: Call): string[] {
    const { extensions } = board();
    return (entries.get(call.id) ?? []).flatMap((id) => {
      const extension = extensions.get(id);
      return extension === undefined ? id : numbersOf(extension);
    });
  }

  /** Returns these calls by the ids of the numbers of the entries around them. */
  function byNumberAround(calls: Iterable<Call>): ReadonlyMap<string, ReadonlySet<Call>> {
    const byNumber = new Map<string, Set<Call>>();
    for (const call of calls)
      for (const number of numbersAround(call)) {
        const found = byNumber.get(number);
        if (found === undefined) byNumber.set(number, new Set([call]));
        else found.add(call);
      }
    return byNumber;
  }

  /** Returns a function that finds the calls around assigned extensions, in their form for the account. */
  function indexAssigned() {
    const byNumber = byNumberAround(isWhole ? [] : board().calls.values());
    return (assigned: readonly string[]) =>
      new Map(
        assigned.flatMap((number) =>
          Array.from(byNumber.get(number) ?? [], (call) => [call.id, formOf(call, assigned)] as const),
        ),
      );
  }

  /** True for a change after which other entries, or the same ones by other numbers, may be visible or assigned. */
  const mayChangeSight = (change: Change) =>
    mayChangeNumbers(change) ||
    (limits !== null && change.table === 'extensions' && change.op === 'patch' && 'person' in change.fields);

  /** Returns the ids of the calls that a delta changes, or around which it may change what is visible. */
  function dueIds({ changes }: Delta): ReadonlySet<string> {
    const ids = new Set(changes.flatMap((change) => (change.table === 'calls' ? changedId(change) : [])));
    const changed = new Set(changes.filter(mayChangeSight).map(changedId));
    if (changed.size === 0) return ids;
    const current = context();
    for (const call of current.calls.values()) {
      const around = entriesOfCall(call, current);
      const isChanged = (id: string) => changed.has(id);
      if (around.some(isChanged) || entries.get(call.id)?.some(isChanged)) ids.add(call.id);
    }
    return ids;
  }

  /** Returns a due call, and remembers its form. */
  function toDue(id: string): DueCall {
    const call = board().calls.get(id) ?? null;
    const known = forms.get(id) ?? null;
    const form = call && formOf(call);
    if (call === null) {
      forms.delete(id);
      entries.delete(id);
    } else {
      forms.set(id, form);
      entries.set(id, entriesOfCall(call, context()));
    }
    return { id, call, known, form, changes: changesBetween(id, known, form) };
  }

  /** Returns the changes that a due call is for an audience, and remembers its form. */
  function assignedChanges(audience: CallAudience, due: DueCall, isAround: boolean): readonly Change[] {
    const { assigned, callForms } = audience;
    const { id, call, known, form } = due;
    const before = callForms.has(id) ? (callForms.get(id) ?? null) : known;
    const after = isAround && call !== null ? formOf(call, assigned) : form;
    if (isAround) callForms.set(id, after);
    else callForms.delete(id);
    return changesBetween(id, before, after);
  }

  return {
    /** All clients see all calls as the board has them. */
    isWhole,
    /** Converts the changes of a delta that the board already has, and remembers what is visible after it. */
    onDelta(delta: Delta) {
      const due = new Map(isWhole ? [] : Array.from(dueIds(delta), (id) => [id, toDue(id)]));
      const shared = [...due.values()].flatMap(({ changes }) => changes);
      const byNumber = byNumberAround([...due.values()].flatMap(({ call }) => call ?? []));
      return {
        /** For audiences without a part in them. */
        shared,
        /** Returns them for an audience; the same list where they are as for all others. */
        changesFor(audience: CallAudience): readonly Change[] {
          if (due.size === 0) return shared;
          const around = new Set(
            audience.assigned.flatMap((number) => Array.from(byNumber.get(number) ?? [], ({ id }) => id)),
          );
          const known = [...audience.callForms.keys()].filter((id) => due.has(id));
          const affected = [...new Set([...around, ...known])].flatMap((id) => due.get(id) ?? []);
          const changes = affected.flatMap((each) => assignedChanges(audience, each, around.has(each.id)));
          if (changes.length === 0 && affected.every((each) => each.changes.length === 0)) return shared;
          return [
            ...[...due.values()].flatMap((each) => (affected.includes(each) ? [] : each.changes)),
            ...changes,
          ];
        },
      };
    },
    /** Begins a snapshot; the returned function returns the calls for an audience, and remembers their forms. */
    snapshot() {
      const findAssigned = indexAssigned();
      const shared = isWhole ? [...board().calls.values()] : listOf(forms);
      return {
        shared,
        listFor(audience: CallAudience): readonly Call[] {
          audience.callForms = findAssigned(audience.assigned);
          return audience.callForms.size === 0 ? shared : listOf(forms, audience.callForms);
        },
      };
    },
    /** Takes over another board; returns whether an audience sees the same calls as before. */
    onReset(): (audience: CallAudience) => boolean {
      const before = forms;
      read();
      const findAssigned = indexAssigned();
      return ({ assigned, callForms }) =>
        isDeepStrictEqual(byId(before, callForms), byId(forms, findAssigned(assigned)));
    },
  };
}

const NO_FORMS: CallForms = new Map();

const listOf = (forms: CallForms, assigned = NO_FORMS): Call[] => [...byId(forms, assigned).values()];

function byId(forms: CallForms, assigned: CallForms): ReadonlyMap<string, Call> {
  return new Map(
    [...new Map([...forms, ...assigned])].flatMap(([id, form]) => (form === null ? [] : [[id, form]])),
  );
}

function changesBetween(id: string, known: Call | null, form: Call | null): readonly Change[] {
  if (form !== null) return isDeepStrictEqual(known, form) ? [] : [{ table: 'calls', op: 'put', row: form }];
  return known === null ? [] : [{ table: 'calls', op: 'remove', id }];
}
