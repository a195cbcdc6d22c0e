import { type Extension, type Kind, pbxIdOf, pbxIdOfExtension } from '@lampboard/protocol';
import { useCallback } from 'react';
import { usePbxNames } from '../../data/socket/live-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { BY_NUMBER } from '../extension/select/order.ts';
import { displayName } from '../extension/accessible-name.ts';
import { isLine } from '../kind/kinds.ts';
import { useT } from '../../i18n/i18n-context.tsx';

/** A queue, slot or conference that has an entry on the board. */
export interface Line {
  readonly id: string;
  readonly pbxId: string;
  readonly kind: Kind;
  readonly exten: string;
  readonly name: string;
}

/** Returns the lines with an entry, by number. */
export function useLines(): readonly Line[] {
  const t = useT();
  return useBoardValue(
    useCallback(
      (extensions: Extensions) =>
        [...extensions.values()]
          .filter((extension) => isLine(extension) && extension.lot !== true)
          .toSorted(BY_NUMBER.compare)
          .map((extension): Line => lineOf(extension, displayName(t, extension))),
      [t],
    ),
  );
}

const lineOf = (extension: Extension, name: string): Line => {
  const { id, kind, exten } = extension;
  return { id, pbxId: pbxIdOfExtension(extension), kind, exten, name };
};

/** Returns the line that a call names on its own PBX: by its number, else by its name. */
export function useFindLine(): (kind: Kind, name: string, callId: string) => Line | undefined {
  const lines = useLines();
  const pbxNames = usePbxNames();
  return useCallback(
    (kind, name, callId) => {
      const pbxId = pbxIdOf(callId, pbxNames.keys());
      const ofKind = lines.filter((line) => line.kind === kind && line.pbxId === pbxId);
      const lowerCase = name.toLowerCase();
      return (
        ofKind.find(({ exten }) => exten === name) ??
        ofKind.find((line) => line.name.toLowerCase() === lowerCase)
      );
    },
    [lines, pbxNames],
  );
}
