import type { QueueMember } from '../telephony/queues.ts';
import type { TelephonyConfig } from '../telephony/telephony-config.ts';

export const TRUNK = 'trunk';
export const MENU = '500';
export const RECEPTION = '300';
export const SUPPORT_QUEUE = '600';
export const SALES_QUEUE = '601';

const members = (...extensions: string[]): QueueMember[] =>
  extensions.map((extension) => ({ destination: `PJSIP/${extension}`, phone: `PJSIP/${extension}` }));

/** The dialplan of the office, with FreePBX's numbers: queues 600 and 601, conferences 8000 and 8001, the lot 70. */
export const officeTelephony: TelephonyConfig = {
  extensions: [
    { exten: RECEPTION, steps: ['Dial(PJSIP/1101&PJSIP/1120&PJSIP/1123,40)'] },
    { exten: MENU, steps: ['Goto(ivr-1,s,1)'] },
    {
      exten: 's',
      context: 'ivr-1',
      steps: ['Answer()', 'BackGround(welcome)', 'WaitExten(10)', 'Goto(ivr-1,0,1)'],
    },
    { exten: '1', context: 'ivr-1', steps: [`Goto(default,${SUPPORT_QUEUE},1)`] },
    { exten: '2', context: 'ivr-1', steps: [`Goto(default,${SALES_QUEUE},1)`] },
    { exten: '0', context: 'ivr-1', steps: [`Goto(default,${RECEPTION},1)`] },
    { exten: '_60[01]', steps: ['Answer()', 'Queue(${EXTEN},t)'] },
    { exten: '_800[01]', steps: ['Answer()', 'ConfBridge(${EXTEN})'] },
    { exten: '_*85.', steps: ['ParkedCall(default,${EXTEN:3})'] },
    { exten: '_**.', steps: ['Pickup(${EXTEN:2}@default)'] },
    { exten: '*97', steps: ['VoiceMailMain(${EXTEN}@default)'] },
    { exten: '_0.', steps: [`Dial(PJSIP/\${EXTEN:1}@${TRUNK},60)`] },
  ],
  queues: {
    [SUPPORT_QUEUE]: members('1106', '1113'),
    [SALES_QUEUE]: members('1107', '1127'),
  },
  parking: { exten: '70', first: 71, last: 74, seconds: 90 },
};
