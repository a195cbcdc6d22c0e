import { isDeepStrictEqual } from 'node:util';
import {
  type Board,
  type NumberIndex,
  type OthersCalls,
  changedId,
  isAssigned,
  isAssignedPbx,
  isPbxWithinLimits,
  mayChangeNumbers,
  numbersOf,
  visibleForm,
} from '@lampboard/model';
import type {
  Change,
  ChangeOf,
  Delta,
  Extension,
  Limits,
  Pbx,
  Presence,
  Snapshot,
} from '@lampboard/protocol';
import { createEpoch } from '../board/live-board.ts';
import { createBroadcast, encodeChanges } from './broadcast.ts';
import { type CallAudience, createCallView } from './call-view.ts';
import type { ClientSocket } from './io-server.ts';
import { createSnapshotEncoder } from './snapshot-encoder.ts';

/** Clients that are sent the same, as the same extensions are assigned to their accounts. */
interface Audience extends CallAudience {
  /** Ids of the assigned extensions, which they see in full, whatever the view. */
  readonly assigned: readonly string[];
  readonly sockets: Set<ClientSocket>;
  /** Counts the deltas that they are sent and no others; null where they are sent all of the board's. */
  position: { readonly epoch: string; seq: number } | null;
  /** These as they know them, by the ids on the board. */
  assignedForms: Map<string, Extension>;
}

type ExtensionPatch = Extract<ChangeOf<'extensions'>, { op: 'patch' }>;

type Tables = Pick<Board, 'pbxs' | 'extensions'>;

interface VisibleChange {
  readonly change: Change;
  /** The extension as clients knew it before; null where they did not. */
  readonly known: Extension | null;
  readonly visible: readonly Change[];
}

interface ViewOptions {
  /** Null: the whole board. */
  readonly limits: Limits | null;
  /** Messages are hidden. */
  readonly isRedacted: boolean;
  readonly others: OthersCalls;
  readonly numbers: () => NumberIndex;
  readonly board: () => Board;
  /** Called right before a snapshot is written. */
  readonly beforeSnapshot: (socket: ClientSocket) => void;
  /** Called after extensions came into sight of a client with limits, or went out of it. */
  readonly onVisibilityChanged: (socket: ClientSocket) => void;
}

/** The board as accounts with the same rights see it, encoded once for all of them. */
export type View = ReturnType<typeof createView>;

export function createView(options: ViewOptions) {
  const { limits, isRedacted, board, beforeSnapshot, onVisibilityChanged } = options;
  const callView = createCallView(options);
  const isWhole = limits === null && !isRedacted && callView.isWhole;
  /** Clients are sent every delta of the board. */
  const sharesSeq = limits === null && callView.isWhole;
  const redact = isRedacted ? redactExtension : (extension: Extension) => extension;
  const readable = isRedacted ? redactChange : (change: Change) => change;
  const encode = createSnapshotEncoder(redact);
  const audiences = new Map<string, Audience>();
  /** Extensions as clients know them, by the ids on the board; not used without limits. */
  let knownForms = new Map<string, Extension>(limits === null ? [] : formsOf(board()));

  function formOf(extension: Extension, assigned: readonly string[] = []): Extension | null {
    return limits === null ? extension : visibleForm(extension, { limits, assigned });
  }

  /** Returns the extensions as they are visible, by their ids on the board. */
  function formsOf({ extensions }: Tables): ReadonlyMap<string, Extension> {
    return limits === null ? extensions : visibleForms(extensions.values(), formOf);
  }

  function assignedFormsOf(
    { extensions }: Tables,
    assigned: readonly string[],
  ): ReadonlyMap<string, Extension> {
    if (assigned.length === 0) return new Map();
    const assignedExtensions = [...extensions.values()].filter((extension) =>
      isAssigned(assigned, extension),
    );
    return visibleForms(assignedExtensions, (extension) => formOf(extension, assigned));
  }

  function pbxsOf({ pbxs }: Tables, assigned: readonly string[]): Pbx[] {
    const isVisible = (id: string) =>
      limits === null || isPbxWithinLimits(limits, id) || isAssignedPbx(assigned, id);
    return [...pbxs.values()].filter(({ id }) => isVisible(id));
  }

  /** Returns what leads clients that know an extension so, if at all, to its present form. */
  function changesTo(
    form: Extension | null,
    change: ChangeOf<'extensions'>,
    { known, isPut = false }: { known: Extension | null; isPut?: boolean },
  ): readonly Change[] {
    const removed: readonly Change[] =
      known === null ? [] : [{ table: 'extensions', op: 'remove', id: known.id }];
    if (form === null) return removed;
    if (form.id !== known?.id) return [...removed, { table: 'extensions', op: 'put', row: form }];
    if (change.op === 'patch' && !isPut) return patchesTo(form, change, known);
    return [{ table: 'extensions', op: 'put', row: form }];
  }

  /** Converts a change that the board already has, and remembers what is visible after it. */
  function toVisible(change: Change): VisibleChange {
    const id = changedId(change);
    if (change.table === 'calls') return { change, known: null, visible: callView.isWhole ? [change] : [] };
    if (limits === null) return { change, known: null, visible: [change] };
    if (change.table === 'pbxs')
      return { change, known: null, visible: isPbxWithinLimits(limits, id) ? [change] : [] };
    const known = knownForms.get(id) ?? null;
    const extension = board().extensions.get(id);
    const form = extension === undefined ? null : formOf(extension);
    if (form === null) knownForms.delete(id);
    else knownForms.set(id, form);
    return { change, known, visible: changesTo(form, change, { known }) };
  }

  /** Returns a change as it is for an audience; null where it is as for all others. */
  function assignedChanges(
    { assigned, assignedForms }: Audience,
    { change, known }: VisibleChange,
  ): readonly Change[] | null {
    const id = changedId(change);
    if (change.table === 'calls') return null;
    if (change.table === 'pbxs') return isAssignedPbx(assigned, id) ? [change] : null;
    const extension = board().extensions.get(id);
    const isAssignedNow = extension !== undefined && isAssigned(assigned, extension);
    const knownAssigned = assignedForms.get(id);
    if (!isAssignedNow && knownAssigned === undefined) return null;
    const form = extension === undefined ? null : formOf(extension, isAssignedNow ? assigned : []);
    if (isAssignedNow && form !== null) assignedForms.set(id, form);
    else assignedForms.delete(id);
    const isPut = isAssignedNow !== (knownAssigned !== undefined);
    const changes = changesTo(form, change, { known: knownAssigned ?? known, isPut });
    return isAssignedNow ? changes : changes.map(readable);
  }

  function changesFor(audience: Audience, converted: readonly VisibleChange[]): Change[] {
    return converted.flatMap((change) => assignedChanges(audience, change) ?? change.visible.map(readable));
  }

  function sendSnapshot(snapshot: Snapshot, socketsOf: (audience: Audience) => Iterable<ClientSocket>): void {
    const due = [...audiences.values()]
      .map((audience) => ({ audience, sockets: [...socketsOf(audience)] }))
      .filter(({ sockets }) => sockets.length > 0);
    if (due.length === 0) return;
    const { epoch, seq, time } = snapshot;
    const forms = formsOf(board());
    const calls = callView.snapshot();
    const encodeFor = encode([...forms.values()], calls.shared);
    for (const { audience, sockets } of due) {
      const { assigned, position } = audience;
      const assignedForms = assignedFormsOf(board(), assigned);
      audience.assignedForms = new Map(assignedForms);
      const send = encodeFor(
        { epoch, seq, ...position, time, pbxs: pbxsOf(board(), assigned) },
        {
          extensions: [...assignedForms]
            .map(([id, extension]) => ({ extension, replaced: forms.get(id) ?? null }))
            .filter(({ extension, replaced }) => replaced === null || redact(replaced) !== extension),
          calls: calls.listFor(audience),
        },
      );
      for (const socket of sockets) {
        beforeSnapshot(socket);
        send(socket);
        if (limits !== null) onVisibilityChanged(socket);
      }
    }
  }

  return {
    isEmpty: () => audiences.size === 0,
    /** Adds a client that is then sent a snapshot; returns a function that removes it. */
    join(socket: ClientSocket): () => void {
      const assigned = isWhole ? [] : socket.data.me.extensions.toSorted();
      const key = assigned.join();
      const position = sharesSeq ? null : firstPosition();
      const audience = audiences.get(key) ?? {
        assigned,
        sockets: new Set(),
        position,
        assignedForms: new Map(),
        callForms: new Map(),
      };
      audiences.set(key, audience);
      audience.sockets.add(socket);
      return () => {
        audience.sockets.delete(socket);
        if (audience.sockets.size === 0) audiences.delete(key);
      };
    },
    /** Sends a snapshot to those of these clients that have joined. */
    sendSnapshot: (snapshot: Snapshot, sockets: ReadonlySet<ClientSocket>) =>
      sendSnapshot(snapshot, (audience) => [...audience.sockets].filter((socket) => sockets.has(socket))),
    /** Sends a delta that the board already has; nothing where none of its changes is visible. */
    onDelta(delta: Delta) {
      const converted = isWhole ? [] : delta.changes.map(toVisible);
      const calls = callView.onDelta(delta);
      const others = converted.flatMap(({ visible }) => visible.map(readable));
      const shared = encodeChanges(isWhole ? delta.changes : [...others, ...calls.shared]);
      const broadcastAll = sharesSeq ? createBroadcast(delta, shared) : null;
      const isTouched = isWhole ? () => false : touchedBy(delta, board());
      for (const audience of audiences.values()) {
        const { sockets, position } = audience;
        const callChanges = calls.changesFor(audience);
        const otherChanges = isTouched(audience) ? changesFor(audience, converted) : others;
        const isSame = otherChanges === others && callChanges === calls.shared;
        const changes = isSame ? shared : encodeChanges([...otherChanges, ...callChanges]);
        if (position !== null) {
          if (changes.changes.length === 0) continue;
          position.seq += 1;
        }
        const isShared = changes === shared && broadcastAll !== null;
        sockets.forEach(isShared ? broadcastAll : createBroadcast(position ?? delta, changes));
        if (limits !== null && changes.changes.some(mayChangeNumbers)) sockets.forEach(onVisibilityChanged);
      }
    },
    /** Sends the snapshot of a new epoch; none to a client to which all that it sees is as before. */
    onReset(before: Board, snapshot: Snapshot) {
      const forms = formsOf(board());
      if (limits !== null) knownForms = new Map(forms);
      const hasSameCalls = callView.onReset();
      const isSame = limits !== null && isDeepStrictEqual(formsOf(before), forms);
      const isSameFor = (audience: Audience) =>
        isDeepStrictEqual(pbxsOf(before, audience.assigned), pbxsOf(board(), audience.assigned)) &&
        isDeepStrictEqual(
          assignedFormsOf(before, audience.assigned),
          assignedFormsOf(board(), audience.assigned),
        ) &&
        hasSameCalls(audience);
      sendSnapshot(snapshot, (audience) => {
        if (isSame && isSameFor(audience)) return [];
        if (audience.position !== null) audience.position = firstPosition();
        return audience.sockets;
      });
    },
  };
}

const firstPosition = () => ({ epoch: createEpoch(), seq: 0 });

/** Returns whether a delta, which the board already has, may be another one for an audience than for all others. */
function touchedBy({ changes }: Delta, { extensions }: Board): (audience: Audience) => boolean {
  const ids = new Set<string>();
  for (const change of changes) {
    const id = changedId(change);
    const extension = change.table === 'extensions' ? extensions.get(id) : undefined;
    for (const number of extension === undefined ? [id] : numbersOf(extension)) ids.add(number);
  }
  const hasPbx = changes.some(({ table }) => table === 'pbxs');
  return ({ assigned, assignedForms }) =>
    assigned.length > 0 &&
    (hasPbx || assigned.some((id) => ids.has(id)) || [...assignedForms.keys()].some((id) => ids.has(id)));
}

function visibleForms(
  extensions: Iterable<Extension>,
  formOf: (extension: Extension) => Extension | null,
): ReadonlyMap<string, Extension> {
  const forms = new Map<string, Extension>();
  for (const extension of extensions) {
    const form = formOf(extension);
    if (form !== null) forms.set(extension.id, form);
  }
  return forms;
}

/** Returns a patch, if anything is left of it, by the visible id and with the visible numbers and deputy. */
function patchesTo(form: Extension, change: ExtensionPatch, known: Extension): readonly Change[] {
  const { id, aliases = [], person } = form;
  const { aliases: changedAliases, person: changedPerson, ...others } = change.fields;
  const fields = {
    ...others,
    ...(changedPerson !== undefined && !isDeepStrictEqual(known.person, person) && { person }),
    ...(changedAliases !== undefined && !isDeepStrictEqual(known.aliases ?? [], aliases) && { aliases }),
  };
  return Object.keys(fields).length === 0 ? [] : [{ ...change, id, fields }];
}

const withoutMessage = (presence: Presence | null) =>
  presence === null ? null : { ...presence, message: '' };

/** Returns the same object if there is no message. */
function redactExtension(extension: Extension): Extension {
  return extension.presence?.message
    ? { ...extension, presence: withoutMessage(extension.presence) }
    : extension;
}

function redactChange(change: Change): Change {
  if (change.table !== 'extensions' || change.op === 'remove') return change;
  if (change.op === 'put') return { ...change, row: redactExtension(change.row) };
  const { presence } = change.fields;
  if (presence === undefined) return change;
  return { ...change, fields: { ...change.fields, presence: withoutMessage(presence) } };
}
