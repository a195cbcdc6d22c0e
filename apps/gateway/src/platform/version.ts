import { engines, version } from '../../../../package.json';

/** The version of this Lampboard, inlined at the build; the root `package.json` holds it. */
export const VERSION = version;

const MIN_NODE = engines.node.replace('>=', '');

/** Returns an error for a Node that is too old, such as `18.20.4`; null otherwise. */
export function checkNode(node: string): string | null {
  const isOlder = node.localeCompare(MIN_NODE, 'en', { numeric: true }) < 0;
  return isOlder ? `Node ${MIN_NODE} or newer is needed, but this is Node ${node}.` : null;
}
