import { useLocation } from 'wouter';
import { useEverywhere } from './everywhere-context.ts';

/** Opens a person from whatever page one is on. */
export function useOpenAnywhere(): (id: string) => void {
  const [, navigate] = useLocation();
  const { wanted } = useEverywhere();
  return (id) => {
    wanted.setState(id, true);
    if (window.location.pathname !== '/') navigate(`/?${new URLSearchParams({ extension: id }).toString()}`);
  };
}
