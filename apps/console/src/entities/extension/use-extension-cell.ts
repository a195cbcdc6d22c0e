import { useExtensionHandlers } from './use-extension-handlers.ts';
import { type CallLabel, useExtensionView } from './use-extension-view.ts';

export interface ExtensionCellProps {
  id: string;
  open: boolean;
  /** Opened by Enter in the search field. */
  highlighted: boolean;
  stale: boolean;
  unsaved: boolean;
  /** Reached by Tab; one only. */
  tabbable: boolean;
  onOpen: (id: string) => void;
  onFocusTile: (id: string) => void;
}

/** View, attributes and handlers of a tile or table row with its calls; null for an unknown extension. */
export function useExtensionCell(props: ExtensionCellProps, calls: readonly CallLabel[]) {
  const { id, open, highlighted, stale, unsaved, tabbable, onOpen, onFocusTile } = props;
  const view = useExtensionView(id, { unsaved, stale, calls });
  const { handlers, hovered } = useExtensionHandlers(id, { onOpen, onFocusTile });
  if (view === null) return null;
  const attributes = {
    ...view.attributes,
    'data-highlighted': highlighted || undefined,
    'data-stale': stale || undefined,
    'aria-label': view.ariaLabel,
    'aria-selected': open || undefined,
    tabIndex: tabbable ? 0 : -1,
    ...handlers,
  };
  return { view, attributes, hovered };
}
