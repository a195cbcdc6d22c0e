/** The dialplan of a small company: its numbers, by what they do with phones and the outside line. */
export const CALL_NUMBERS = {
  ringGroup: '300',
  /** The same through Local channels. */
  ringGroupOfLocals: '301',
  conference: '400',
  queue: '500',
  /** A queue without agents. */
  emptyQueue: '501',
  /** The same, for three seconds. */
  shortQueue: '502',
  menu: '510',
  digitMenu: '511',
  spokenMenu: '512',
  /** Sound before the answer. */
  earlyMedia: '520',
  park: '700',
  messages: '*97',
} as const;

/** Further numbers that lead to a phone, or past it. */
export const numberFor = {
  /** Rings, then takes a message. */
  orMessage: (phone: string) => `2${phone}`,
  /** Busy by the dialplan. */
  doNotDisturb: (phone: string) => `3${phone}`,
  /** Rings 1103 through a Local channel that vanishes at the answer. */
  forwarded: (phone: string) => `4${phone}`,
  /** Rings 1103 through a Local channel that stays. */
  forwardedThrough: (phone: string) => `5${phone}`,
  /** Rings for a second, then {@link MOBILE} does. */
  followMe: (phone: string) => `6${phone}`,
  /** With feature codes for both sides. */
  withCodes: (phone: string) => `7${phone}`,
  pickUp: (phone: string) => `*8${phone}`,
  outside: (number: string) => `9${number}`,
  /** Any text: answered. */
  service: (text: string) => `60${text}`,
  /** Any text: rings 1102 through a Local channel of that name. */
  throughLocal: (text: string) => `61${text}`,
};

export const MOBILE = '01715550199';
export const QUEUE = 'support';
export const EMPTY_QUEUE = 'sales';
/** Caller ID of calls to the outside. */
export const COMPANY_NUMBER = '4930999';
/** A phone at the outside line's address, to be answered by a script. */
export const SCRIPTED_PHONE = '1121';

interface DialplanExtension {
  readonly exten: string;
  /** `default` by default. */
  readonly context?: string;
  readonly steps: readonly string[];
}

/** In place of what reaches the phones by default. */
export const CALL_EXTENSIONS: readonly DialplanExtension[] = [
  { exten: '_11XX', steps: ['Dial(PJSIP/${EXTEN},60)', 'Hangup()'] },
  { exten: '_211XX', steps: ['Dial(PJSIP/${EXTEN:1},60)', 'VoiceMail(${EXTEN:1}@default,s)'] },
  { exten: '_311XX', steps: ['Busy(5)'] },
  { exten: '_411XX', steps: ['Dial(Local/1103@default,60)'] },
  { exten: '_511XX', steps: ['Dial(Local/1103@default/n,60)'] },
  {
    exten: '_611XX',
    // Asterisk would give the name of the telephone to the mobile.
    steps: ['Dial(PJSIP/${EXTEN:1},1)', 'Set(CONNECTEDLINE(name,i)=)', `Dial(Local/9${MOBILE}@default/n,60)`],
  },
  { exten: '_711XX', steps: ['Dial(PJSIP/${EXTEN:1},60,Tt)'] },
  { exten: '_9X.', steps: [`Set(CALLERID(num)=${COMPANY_NUMBER})`, 'Dial(PJSIP/${EXTEN:1}@trunk,60)'] },
  { exten: '_60.', steps: ['Answer()', 'Wait(60)'] },
  { exten: '_61.', steps: ['Dial(Local/${EXTEN:2}@through,60)'] },
  { exten: '_X.', context: 'through', steps: ['Dial(PJSIP/1102,60)'] },
  { exten: '_*811XX', steps: ['Pickup(${EXTEN:2}@default)'] },
  { exten: '300', steps: ['Dial(PJSIP/1102&PJSIP/1103,60)'] },
  { exten: '301', steps: ['Dial(Local/1102@default&Local/1103@default/n,60)'] },
  { exten: '400', steps: ['Answer()', 'ConfBridge(400)'] },
  { exten: '500', steps: ['Answer()', `Queue(${QUEUE},r)`] },
  { exten: '501', steps: ['Answer()', `Queue(${EMPTY_QUEUE},r)`] },
  { exten: '502', steps: ['Answer()', `Queue(${EMPTY_QUEUE},r,,,3)`, 'VoiceMail(1102@default,s)'] },
  { exten: '_11XX', context: 'from-queue', steps: ['Dial(PJSIP/${EXTEN},60)'] },
  { exten: '510', steps: ['Answer()', 'Wait(60)'] },
  { exten: '511', steps: ['Answer()', 'Read(DIGITS,,4,,1,60)'] },
  { exten: '512', steps: ['Goto(menu,s,1)'] },
  { exten: 's', context: 'menu', steps: ['Answer()', 'BackGround(demo-congrats)', 'WaitExten(60)'] },
  { exten: '1', context: 'menu', steps: [`Queue(${QUEUE},r)`] },
  { exten: '2', context: 'menu', steps: ['VoiceMail(1102@default,s)'] },
  { exten: '520', steps: ['Progress()', 'Wait(60)'] },
  { exten: '*97', steps: ['VoiceMailMain(${CALLERID(num)}@default,s)'] },
];

const extensionLines = ({ exten, steps }: DialplanExtension): string =>
  steps.map((step, index) => `${index === 0 ? `exten => ${exten},1` : ' same => n'},${step}\n`).join('');

/** Lines of the context `default`, and further contexts. */
export function callsDialplan(): { numbers: string; contexts: string } {
  const inDefault = CALL_EXTENSIONS.filter(({ context }) => context === undefined);
  const others = CALL_EXTENSIONS.flatMap((extension) =>
    extension.context === undefined ? [] : [`[${extension.context}]\n${extensionLines(extension)}`],
  );
  return {
    numbers: `include => parkedcalls\n${inDefault.map(extensionLines).join('')}`,
    contexts: others.join('\n'),
  };
}

/** Files of etc/asterisk that differ where calls are made. */
export const CALLS_FILES: Readonly<Record<string, string>> = {
  'res_parking.conf':
    '[general]\n[default]\ncontext=parkedcalls\nparkext=700\nparkpos=701-708\nparkingtime=45\ncomebacktoorigin=yes\n',
  'queues.conf': `[general]\n[${QUEUE}]\nstrategy=ringall\ntimeout=60\nmember => PJSIP/1102\nmember => Local/1103@from-queue/n,0,Chloé,PJSIP/1103\n[${EMPTY_QUEUE}]\n`,
  'voicemail.conf':
    '[general]\nformat=wav\nmaxsecs=60\nminsecs=0\n[default]\n1101 => 1234,Ada\n1102 => 1234,Bruno\n1103 => 1234,Chloé\n',
  'features.conf': '[general]\n[featuremap]\natxfer=*2\n',
};

/** pjsip.conf of the outside line, an address without an account, and of {@link SCRIPTED_PHONE}. */
export function trunkConf(port: number): string {
  return `
[global]
type=global
endpoint_identifier_order=username,ip,anonymous

[trunk]
type=endpoint
context=default
disallow=all
allow=ulaw
direct_media=no
trust_id_inbound=yes
aors=trunk
[trunk]
type=aor
contact=sip:127.0.0.1:${port}
qualify_frequency=0
[trunk]
type=identify
endpoint=trunk
match=127.0.0.1

[${SCRIPTED_PHONE}]
type=endpoint
context=default
disallow=all
allow=ulaw
aors=${SCRIPTED_PHONE}
[${SCRIPTED_PHONE}]
type=aor
contact=sip:${SCRIPTED_PHONE}@127.0.0.1:${port}
qualify_frequency=0
`;
}
