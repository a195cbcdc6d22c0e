import type { DirectoryField } from '@lampboard/protocol';
import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, memo, useRef } from 'react';
import { photoUrl } from '../../data/http/base-path.ts';
import { fieldLabel, fieldText } from '../../entities/directory/field-text.ts';
import { isLine } from '../../entities/kind/kinds.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { matchShortcut } from '../../keyboard/shortcuts.ts';
import { evenLines } from '../../keyboard/grid-navigation.ts';
import { useRovingFocus } from '../../keyboard/use-roving-focus.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useScroller } from '../../ui/use-scroller.ts';
import type { DirectoryItem } from './directory-items.ts';
import type { EntryDraft } from './entry-draft.ts';

const COLUMNS = ['department', 'email', 'mobile', 'kind', 'deputy'] as const;
/** Pixels of a row of two lines; they are measured. */
const LINE_HEIGHT = 57;

interface DirectoryTableProps {
  items: readonly DirectoryItem[];
  drafts: ReadonlyMap<string, EntryDraft>;
  labelOf: (id: string) => string;
  onOpen: (id: string) => void;
}

/** The items of the directory, of which only those in view are rendered. */
export function DirectoryTable({ items, drafts, labelOf, onOpen }: DirectoryTableProps) {
  const t = useT();
  const container = useRef<HTMLDivElement>(null);
  const { element: scroller, offsetTop } = useScroller(container);
  const focus = useRovingFocus({
    ids: items.map(({ id }) => id),
    lines: evenLines(items.length, 1),
    linePitch: LINE_HEIGHT,
    container,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  });
  // oxlint-disable-next-line react/incompatible-library -- not passed to memoized components
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: items.length,
    getScrollElement: () => scroller,
    scrollMargin: offsetTop,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 6,
    scrollPaddingStart: LINE_HEIGHT,
    scrollPaddingEnd: LINE_HEIGHT,
    useFlushSync: false,
    // The focused item stays mounted however far it is scrolled away.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), Math.min(focus.index, range.count - 1)])].toSorted(
        (a, b) => a - b,
      ),
  });

  return (
    <div ref={container} className="card directory-table">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- roving focus on the items */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned
        role="grid"
        aria-label={t('directory.heading')}
        aria-rowcount={items.length + 1}
        onKeyDown={focus.onKeyDown}
      >
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned */}
        <div role="row" aria-rowindex={1} className="directory-head">
          {[t('table.name'), ...COLUMNS.map((column) => fieldLabel(t, column)), t('page.board')].map(
            (label) => (
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
              <div key={label} role="columnheader">
                {label}
              </div>
            ),
          )}
        </div>
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned */}
        <div role="rowgroup" className="directory-items" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            return (
              item !== undefined && (
                <Line
                  key={item.id}
                  item={item}
                  index={index}
                  start={start - offsetTop}
                  tabbable={item.id === focus.id}
                  isUnsaved={drafts.has(item.id)}
                  deputy={fieldText(t, 'deputy', item.fields, labelOf)}
                  measure={virtualizer.measureElement}
                  onOpen={onOpen}
                  onFocusLine={focus.markFocused}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface LineProps {
  item: DirectoryItem;
  /** From 0. */
  index: number;
  /** Pixels from the top of the table. */
  start: number;
  tabbable: boolean;
  isUnsaved: boolean;
  deputy: string | null;
  measure: (element: HTMLElement | null) => void;
  onOpen: (id: string) => void;
  onFocusLine: (id: string) => void;
}

const Line = memo(function Line(props: LineProps) {
  const { item, index, start, tabbable, isUnsaved, deputy, measure, onOpen, onFocusLine } = props;
  const t = useT();
  const { id, number, label, fields, visibility, entry } = item;
  const onKeyDown = (event: KeyboardEvent) => {
    if (matchShortcut('board', event) !== 'open') return;
    event.preventDefault();
    onOpen(id);
  };
  return (
    <div
      ref={measure}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table rows cannot be positioned
      role="row"
      className="directory-row"
      data-index={index}
      data-extension={id}
      data-visibility={visibility}
      aria-rowindex={index + 2}
      tabIndex={tabbable ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onOpen(id)}
      onKeyDown={onKeyDown}
      onFocus={() => onFocusLine(id)}
    >
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned */}
      <div role="rowheader" className="directory-name">
        {isLine({ kind: fields.kind ?? 'person' }) ? (
          <span className="directory-no-photo" />
        ) : (
          <Avatar name={fields.name ?? ''} photo={photoUrl(fields.photo)} />
        )}
        <span>
          <bdi>{label}</bdi> {isUnsaved && <span className="tag">{t('directory.unsaved')}</span>}
          <small className="note">
            <span>{number}</span>
            <Source item={item} field="name" />
            {fields.photo !== undefined && <span>{t('directory.with-photo')}</span>}
          </small>
        </span>
      </div>
      {COLUMNS.map((column) => (
        <Cell
          key={column}
          label={fieldLabel(t, column)}
          text={column === 'deputy' ? deputy : fieldText(t, column, fields)}
          note={<Source item={item} field={column} />}
        />
      ))}
      <Cell
        label={t('page.board')}
        text={t(`directory.visibility.${visibility}`)}
        note={
          visibility === 'further' ? (
            <span>{t('directory.of-entry', { id: entry?.aliasOf ?? '' })}</span>
          ) : (
            <Source item={item} field={visibility === 'no-hint' ? 'photo' : 'hidden'} />
          )
        }
      />
    </div>
  );
});

interface CellProps {
  label: string;
  text: string | null;
  note: ReactNode;
}

function Cell({ label, text, note }: CellProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- table cells cannot be positioned
    <div role="gridcell" title={text === null ? undefined : `${label}: ${text}`}>
      {text !== null && (
        <>
          <bdi>{text}</bdi> <small className="note">{note}</small>
        </>
      )}
    </div>
  );
}

function Source({ item: { sources, unmatched }, field }: { item: DirectoryItem; field: DirectoryField }) {
  const t = useT();
  const source = sources[field];
  if (source === undefined) return null;
  return (
    <span>
      {unmatched === null ? t(`directory.source.${source}`) : t('directory.line', { line: unmatched.line })}
    </span>
  );
}
