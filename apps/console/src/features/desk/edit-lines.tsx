import { isSettableState } from '@lampboard/protocol';
import { PencilLine } from 'lucide-react';
import { useExtension, useServerTimeValue } from '../../data/socket/live-context.tsx';
import { type DraftView, findSaveBlocker, toView } from '../../entities/presence-draft/draft.ts';
import type { UndoEntry } from '../../entities/presence-draft/drafts.ts';
import { useDraft } from '../../entities/presence-draft/drafts-context.tsx';
import { useOutcomeToasts } from '../../entities/presence-draft/use-outcome.ts';
import { useSaveDraft } from '../../entities/presence-draft/use-save.ts';
import { PresenceIcon } from '../../entities/presence/presence-badge.tsx';
import {
  type PresenceValue,
  presenceValueOf,
  samePresenceValue,
} from '../../entities/presence/presence-value.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { DeskButton, DeskLine } from './desk-line.tsx';

/** Returns `Away · back 14:00 · Lunch`. */
function useValueText(): (value: PresenceValue, now: number) => string {
  const t = useT();
  const { dateTime, returnTime: formatReturnTime } = useFormats();
  return ({ state, subtype, returnTime }, now) => {
    const format = returnTime !== null && returnTime.at > now ? formatReturnTime : dateTime;
    const time = returnTime && t('return-time.back', { time: format(returnTime.at, now) });
    return [t(`presence.${state}`), time, subtype].filter(Boolean).join(' · ');
  };
}

const PROBLEMS = {
  conflict: 'desk.draft-conflict',
  invalid: 'desk.draft-invalid',
  'invalid-return-time': 'desk.draft-invalid',
  'no-state': 'desk.draft-invalid',
} as const;

function problemOf(view: DraftView) {
  const kind = findSaveBlocker(view)?.kind;
  if (kind === undefined || kind === 'unchanged' || kind === 'saving')
    return view.failure === null ? null : 'desk.draft-failed';
  return PROBLEMS[kind];
}

export function DraftLine({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const t = useT();
  const draft = useDraft(id);
  const extension = useExtension(id);
  const current = extension === undefined ? null : presenceValueOf(extension);
  const save = useSaveDraft();
  const { showSuccess, showFailure } = useOutcomeToasts(onOpen);
  const valueText = useValueText();
  const text = useServerTimeValue((now) => (draft === undefined ? '' : valueText(draft.local, now)));
  if (draft === undefined) return null;
  const view = current === null ? null : toView(draft, current);
  const problem = view === null ? 'desk.draft-gone' : problemOf(view);
  const note =
    problem === null ? text : <span className="desk-problem">{[t(problem), text].join(' · ')}</span>;
  const blocker = view === null ? null : findSaveBlocker(view)?.kind;
  const isSaveable = view !== null && (blocker === undefined || blocker === 'saving');
  const onSave = async () => {
    const reply = await save(id);
    if (reply?.ok === true) showSuccess(id, draft.local);
    else if (reply !== null) showFailure(id, reply);
  };
  return (
    <DeskLine
      {...{ id, note, onOpen }}
      icon={<PencilLine className="desk-draft-icon" size={15} aria-hidden="true" />}
    >
      {(name) =>
        isSaveable && (
          <DeskButton label={t('ui.save')} name={name} pending={view.saving} onClick={() => void onSave()} />
        )
      }
    </DeskLine>
  );
}

interface ChangeLineProps {
  entry: UndoEntry;
  /** Null where a later change of the same person comes first. */
  onUndo: (() => void) | null;
  onOpen: (id: string) => void;
}

/** A change of this session. It can be undone while nobody has changed the person since. */
export function ChangeLine({ entry, onUndo, onOpen }: ChangeLineProps) {
  const t = useT();
  const { id, before, after, savedAt } = entry;
  const extension = useExtension(id);
  const pending = (useDraft(id)?.inFlight ?? null) !== null;
  const valueText = useValueText();
  const { dateTime } = useFormats();
  const value = useServerTimeValue((now) => valueText(after, now));
  const time = useServerTimeValue((now) => dateTime(savedAt, now));
  const isCurrent = extension !== undefined && samePresenceValue(presenceValueOf(extension), after);
  return (
    <DeskLine
      {...{ id, onOpen }}
      icon={<PresenceIcon state={after.state} />}
      note={[value, time].join(' · ')}
    >
      {(name) =>
        onUndo !== null &&
        isCurrent &&
        isSettableState(before.state) && (
          <DeskButton label={t('editor.undo.saved')} {...{ name, pending }} onClick={onUndo} />
        )
      }
    </DeskLine>
  );
}
