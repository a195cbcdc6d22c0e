import { VERSION } from '../pbx/dialplan-functions.ts';
import type { Action } from './action.ts';
import { formatResponse } from './blocks.ts';

/** Returns `YYYY-MM-DD` and `HH:MM:SS`. */
function dateTimeAgo(seconds: number): [date: string, time: string] {
  const text = new Date(Date.now() - seconds * 1000).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}

export const coreActions: readonly Action[] = [
  {
    name: 'CoreSettings',
    synopsis: 'Show PBX core settings (version etc).',
    classes: ['system', 'reporting'],
    run(session, message) {
      const headers = {
        AMIversion: '11.0.0',
        AsteriskVersion: VERSION.text,
        SystemName: '',
        CoreMaxCalls: '0',
        CoreMaxLoadAvg: '0.000000',
        CoreRunUser: '',
        CoreRunGroup: '',
        CoreMaxFilehandles: '0',
        CoreRealTimeEnabled: 'No',
        CoreCDRenabled: 'Yes',
        CoreHTTPenabled: 'No',
        SoundsSearchCustomDir: 'No',
      };
      session.send(formatResponse(message, headers));
    },
  },
  {
    name: 'CoreStatus',
    synopsis: 'Show PBX core status variables.',
    classes: ['system', 'reporting'],
    run(session, message) {
      const [startDate, startTime] = dateTimeAgo(session.pbx.uptime());
      const [reloadDate, reloadTime] = dateTimeAgo(session.pbx.secondsSinceReload());
      const headers = {
        CoreStartupDate: startDate,
        CoreStartupTime: startTime,
        CoreReloadDate: reloadDate,
        CoreReloadTime: reloadTime,
        CoreCurrentCalls: '0',
        CoreProcessedCalls: '0',
      };
      session.send(formatResponse(message, headers));
    },
  },
];
