import type { DialplanExtension } from './dialplan.ts';
import type { ParkingConfig } from './parking-lot.ts';
import type { QueueConfig } from './queues.ts';

/** The dialplan beside the extensions of phones, and what it needs. */
export interface TelephonyConfig {
  extensions: readonly DialplanExtension[];
  queues: QueueConfig;
  parking: ParkingConfig & { exten: string };
}

/** Ring group 300, queue 800, conference 400, menu 500, parking lot 700 with 701–720, and outside lines behind a 0. */
export const standardTelephony: TelephonyConfig = {
  extensions: [
    { exten: '300', steps: ['Dial(PJSIP/1102&PJSIP/1103,40)'] },
    { exten: '301', steps: ['Dial(Local/1102@default/n&Local/1103@default/n,40)'] },
    { exten: '400', steps: ['Answer()', 'ConfBridge(400)'] },
    { exten: '500', steps: ['Goto(menu,s,1)'] },
    { exten: 's', context: 'menu', steps: ['Answer()', 'BackGround(welcome)', 'WaitExten(10)'] },
    { exten: '1', context: 'menu', steps: ['Goto(default,800,1)'] },
    { exten: '2', context: 'menu', steps: ['Goto(default,1102,1)'] },
    { exten: '800', steps: ['Answer()', 'Queue(support,t)'] },
    { exten: '510', steps: ['Busy()'] },
    { exten: '*97', steps: ['VoiceMailMain()'] },
    { exten: '_vm.', steps: ['VoiceMail(${EXTEN:2}@default,u)'] },
    { exten: '_**.', steps: ['Pickup(${EXTEN:2}@default)'] },
    { exten: '_81.', steps: ['Dial(Local/${EXTEN:2}@default,30)'] },
    { exten: '_82.', steps: ['Dial(Local/${EXTEN:2}@default/n,30)'] },
    { exten: '_0.', steps: ['Dial(PJSIP/${EXTEN:1}@trunk,60)'] },
  ],
  queues: {
    support: [
      { destination: 'PJSIP/1102', phone: 'PJSIP/1102' },
      { destination: 'Local/1103@default/n', phone: 'PJSIP/1103' },
    ],
  },
  parking: { exten: '700', first: 701, last: 720, seconds: 45 },
};
