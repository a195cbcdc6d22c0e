import { useExtensionHandlers } from './use-extension-handlers.ts';
import { useExtensionView } from './use-extension-view.ts';

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

/** View, attributes and handlers of a tile or table row; null for an unknown extension. */
export function useExtensionCell(props: ExtensionCellProps) {
  const { id, open, highlighted, stale, unsaved, tabbable, onOpen, onFocusTile } = props;
  const view = useExtensionView(id, { unsaved, stale });
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
