import { useTellMe } from '../features/tell-me/use-tell-me.ts';
import { useOpenAnywhere } from './use-open-anywhere.ts';

/** On every page: tells when somebody that is waited for can be reached. */
export function TellMeWatch() {
  useTellMe(useOpenAnywhere());
  return null;
}
