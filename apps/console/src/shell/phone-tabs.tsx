import { PAGE_PATHS } from '@lampboard/protocol';
import { Inbox, LayoutGrid, type LucideIcon, UserRound } from 'lucide-react';
import { Link } from 'wouter';
import { useDeskCount } from '../features/desk/desk-button.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { ALL_EXTENSIONS, type Group } from '../entities/group/groups.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { deskHref, groupHref } from './use-board-route.ts';
import './shell.css';

/** True on a phone held upright, whose pages are tabs. Wherever it is lower, there is no room for them. */
export const useHasPhoneTabs = (): boolean => useMediaQuery('(max-width: 720px) and (min-height: 480.1px)');

interface PhoneTabsProps {
  current: 'board' | 'desk' | 'my-status';
  /** That the board shows. */
  group?: Group;
  inert?: boolean;
}

/** The board, the desk with the number of those who suffer, and the own status, at the thumb. */
export function PhoneTabs({ current, group = ALL_EXTENSIONS, inert = false }: PhoneTabsProps) {
  const t = useT();
  const count = useDeskCount();
  const tab = (name: PhoneTabsProps['current'], href: string, Icon: LucideIcon, label: string) => (
    <Link href={href} aria-current={name === current ? 'page' : undefined}>
      <Icon size={18} aria-hidden="true" />
      {label}
    </Link>
  );
  return (
    <nav className="phone-tabs" inert={inert} aria-label={t('page.tabs')}>
      {tab('board', groupHref(group), LayoutGrid, t('page.board'))}
      {tab('desk', deskHref(group), Inbox, count === 0 ? t('desk.desk') : t('desk.with-count', { count }))}
      {tab('my-status', PAGE_PATHS.myStatus, UserRound, t('page.my-status'))}
    </nav>
  );
}
