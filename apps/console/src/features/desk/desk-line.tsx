import type { Extension } from '@lampboard/protocol';
import type { ReactNode } from 'react';
import { useCalls, useDistinctions, useExtension, useIsLive } from '../../data/socket/live-context.tsx';
import { messageName } from '../../entities/extension/use-display-name.ts';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';

interface DeskLineProps {
  id: string;
  /** In place of the lamp. */
  icon?: ReactNode;
  /** Beneath the name; without one the line is lower. */
  note?: ReactNode;
  onOpen: (id: string) => void;
  /** At the end of the line, with the name for its label. */
  children?: ReactNode | ((name: string, extension: Extension) => ReactNode);
}

/** A person: lamp and name, which opens them, and what can be done; greyed while not live. */
export function DeskLine({ id, icon, note, onOpen, children }: DeskLineProps) {
  const t = useT();
  const extension = useExtension(id);
  const distinctions = useDistinctions();
  const live = useIsLive(id);
  const calls = useCalls(id);
  const name = extension === undefined ? id : messageName(t, extension, distinctions);
  return (
    <li className="desk-line" data-last-known={!live || undefined}>
      <span className="desk-lamp">
        {icon ??
          (extension !== undefined && (
            <ExtensionLamp extension={extension} live={live} callStates={calls.map(({ state }) => state)} />
          ))}
      </span>
      <button type="button" className="desk-open" onClick={() => onOpen(id)}>
        <bdi className="desk-name truncate" title={name}>
          {name}
        </bdi>
        {note !== undefined && <span className="desk-note truncate">{note}</span>}
      </button>
      {typeof children === 'function' ? extension !== undefined && children(name, extension) : children}
    </li>
  );
}

interface DeskButtonProps {
  label: string;
  /** Of the person it acts on, for the accessible name. */
  name: string;
  pending?: boolean;
  onClick: () => void;
}

export function DeskButton({ label, name, pending = false, onClick }: DeskButtonProps) {
  return (
    <Button
      className="desk-button"
      aria-label={`${label}, ${name}`}
      aria-disabled={pending || undefined}
      onClick={() => {
        if (!pending) onClick();
      }}
    >
      {label}
    </Button>
  );
}
