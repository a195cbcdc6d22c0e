import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { contextOf, numbersOf, sightOf } from '@lampboard/model';
import {
  type Extension,
  LIMIT_KINDS,
  LIMIT_VALUES,
  type LimitKind,
  type Limits,
  MAX_LIMIT_VALUES,
  NO_LIMITS,
  isLimiting,
  pbxIdOfExtension,
} from '@lampboard/protocol';
import { type KeyboardEvent, useCallback, useState } from 'react';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { useLiveState } from '../../data/socket/live-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { Field, FieldNote } from '../../ui/form/field.tsx';
import { inputHandlers } from '../../ui/form/input-handlers.ts';
import './limits-field.css';

interface LimitsFieldProps {
  /** Null: the account sees everyone. */
  limits: Limits | null;
  /** The account's own extensions, which it always sees. */
  assigned: readonly string[];
  submitted: boolean;
  onChange: (limits: Limits | null) => void;
}

/** Field for the limits of an account: everyone, or some departments, contexts and PBXs. */
export function LimitsField({ limits, assigned, submitted, onChange }: LimitsFieldProps) {
  const t = useT();
  const hasSeveralPbxs = useLiveState(({ board }) => (board?.pbxs.size ?? 0) > 1);
  const isShown = (kind: LimitKind) => kind !== 'pbxs' || hasSeveralPbxs || (limits?.pbxs ?? []).length > 0;
  return (
    <div className="limits-field">
      <Field label={t('limits.label')} note={null}>
        {(id) => (
          <select
            id={id}
            className="select-field"
            value={limits === null ? 'everyone' : 'some'}
            onChange={({ currentTarget: { value } }) => onChange(value === 'some' ? NO_LIMITS : null)}
          >
            <option value="everyone">{t('group.everyone')}</option>
            <option value="some">{t('limits.some')}</option>
          </select>
        )}
      </Field>
      {limits !== null && (
        <>
          {KINDS_IN_ORDER.filter(isShown).map((kind) => (
            <LimitChips
              key={kind}
              kind={kind}
              chosen={limits[kind]}
              onChange={(chosen) => onChange({ ...limits, [kind]: chosen })}
            />
          ))}
          <LimitsNote {...{ limits, assigned, submitted }} />
        </>
      )}
    </div>
  );
}

/** The likeliest first. */
const KINDS_IN_ORDER = LIMIT_KINDS.toReversed();

/** Says how many extensions the limits leave, live. */
function LimitsNote({
  limits,
  assigned,
  submitted,
}: Omit<LimitsFieldProps, 'onChange'> & { limits: Limits }) {
  const t = useT();
  const count = useCallback(
    (extensions: Extensions) => {
      const viewer = { role: 'user', extensions: assigned, limits } as const;
      const sight = sightOf({ extensions }, viewer);
      return { visible: new Set(sight?.visibleIds.values()).size, total: extensions.size };
    },
    [assigned, limits],
  );
  const { visible, total } = useBoardValue(count);
  if (!isLimiting(limits)) return <FieldNote invalid={submitted}>{t('limits.none-chosen')}</FieldNote>;
  const kinds = LIMIT_KINDS.filter((kind) => limits[kind].length > 0).length;
  return (
    <FieldNote invalid={visible === 0}>
      <output>{t('limits.preview', { count: visible, total })}</output>
      {kinds > 1 && ` ${t('limits.all-kinds')}`}
    </FieldNote>
  );
}

interface LimitChipsProps {
  kind: LimitKind;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Chips of what the board has and of what is chosen, and a field for any other. */
function LimitChips({ kind, chosen, onChange }: LimitChipsProps) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const pbxs = useLiveState(({ board }) => board?.pbxs);
  const count = useCallback(
    (extensions: Extensions) => countBy(extensions, (extension) => valuesOf(kind, extension)),
    [kind],
  );
  const counts = new Map(useBoardValue(count));
  const labelOf = (value: string) => (kind === 'pbxs' && pbxs?.get(value)?.name) || value;
  const isFull = chosen.length >= MAX_LIMIT_VALUES;
  const collator = new Intl.Collator(t.locale, { numeric: true, sensitivity: 'base' });
  const values = [...new Set([...counts.keys(), ...chosen])].toSorted(collator.compare);

  function toggle(value: string): void {
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  }

  function addTyped(): void {
    if (typed.trim() === '') return;
    const value = LIMIT_VALUES[kind].safeParse(typed);
    if (!value.success) return setError(t('limits.invalid', { text: typed }));
    if (isFull) return setError(t('limits.too-many', { max: MAX_LIMIT_VALUES }));
    setError(null);
    setTyped('');
    if (!chosen.includes(value.data)) onChange([...chosen, value.data]);
  }

  return (
    <fieldset>
      <legend className="field-label">{t(`limits.${kind}`)}</legend>
      <div className="chips limits-chips">
        {values.map((value) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={chosen.includes(value)}
            disabled={isFull && !chosen.includes(value)}
            onClick={() => toggle(value)}
          >
            <bdi className="truncate">{labelOf(value)}</bdi>
            <span className="limits-count">{(counts.get(value) ?? 0).toLocaleString(t.locale)}</span>
          </button>
        ))}
        <input
          className="chip chip-dashed limits-other"
          aria-label={t(`limits.other-${kind}`)}
          placeholder={t('limits.other')}
          maxLength={100}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          aria-invalid={error !== null || undefined}
          {...inputHandlers(setTyped)}
          onBlur={addTyped}
          onKeyDown={(event: KeyboardEvent) => {
            if (matchShortcut('results', event) !== 'run' || event.nativeEvent.isComposing) return;
            if (typed.trim() === '') return;
            event.preventDefault();
            addTyped();
          }}
        />
      </div>
      {error !== null && <FieldNote invalid>{error}</FieldNote>}
    </fieldset>
  );
}

function countBy(extensions: Extensions, toValues: (extension: Extension) => readonly string[]) {
  const counts = new Map<string, number>();
  for (const extension of extensions.values())
    for (const value of toValues(extension)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

/** Returns what can limit an account to this extension. */
function valuesOf(kind: LimitKind, extension: Extension): readonly string[] {
  const values = {
    departments: () => [extension.person.department],
    contexts: () => [...new Set(numbersOf(extension).map(contextOf))],
    pbxs: () => [pbxIdOfExtension(extension)],
  }[kind]();
  return values.filter((value) => LIMIT_VALUES[kind].safeParse(value).success);
}
