import { LINK_PROBLEMS } from '../asterisk/link-problems.ts';
import { getvar } from '../asterisk/getvar.ts';
import type { AmiSession } from './ami-session.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Actions of the write class `call`, and the module that brings one. */
const NEEDED: readonly (readonly [action: string, module: string | null])[] = [
  ['ExtensionStateList', null],
  ['PresenceStateList', 'res_manager_presencestate'],
  ['DeviceStateList', 'res_manager_devicestate'],
  ['Getvar', null],
  ['Setvar', null],
];
/** `reporting` is for FreePBX's names. */
const USEFUL_CLASSES: ReadonlySet<string> = new Set(['call', 'reporting']);

/** Checks what the AMI user may do, by the list of its actions: nothing is set. */
export async function checkRights(session: AmiSession): Promise<Finding[]> {
  const { actions, hasBootEvent } = session;
  const missing = NEEDED.filter(([action]) => actions[action.toLowerCase()] === undefined);
  const lacksClass = missing.some(([, module]) => module === null);
  const presence = await getvar(session, 'PRESENCE_STATE(CustomPresence:lampboard,value)');
  const modules = missing.flatMap(([, module]) => module ?? []);
  if (presence.ok && presence.value === '') modules.push('func_presencestate');
  if (lacksClass)
    return [
      denied(`missing here: write class \`call\`, for ${missing.map(([action]) => action).join(', ')}`),
    ];
  if (modules.length > 0) return [denied(`not loaded here: ${modules.join(', ')}`)];

  const classes = writeClasses(actions);
  const unneeded = classes.filter((name) => !USEFUL_CLASSES.has(name));
  return [
    hasBootEvent
      ? ok('rights', `lists, reading and setting presence are allowed; write = ${classes.join(',')}`)
      : warning(
          'rights',
          'without read class `system` Lampboard does not see when Asterisk has booted, and reads names and hints later',
          '`read = call,system`',
        ),
    ...(unneeded.length === 0
      ? []
      : [
          warning(
            'rights',
            `the AMI user may do more than Lampboard needs: write = ${classes.join(',')}`,
            '`write = call`, with FreePBX `write = call,reporting`',
          ),
        ]),
  ];
}

function denied(detail: string): Finding {
  const { title, cause, remedy } = LINK_PROBLEMS['permission-denied'];
  return problem('rights', `${title}: ${cause} (${detail})`, remedy);
}

/** Returns the write classes that the actions prove: those of which an action needs just the one. */
function writeClasses(actions: AmiSession['actions']): string[] {
  const required = Object.values(actions).map((synopsis) =>
    (/\(Priv: ([\w,]+)\)$/.exec(synopsis)?.[1] ?? '')
      .split(',')
      .filter((name) => name !== '' && name !== 'all'),
  );
  const proven = new Set(required.filter(({ length }) => length === 1).flat());
  // No action needs it alone.
  if (!proven.has('system') && actions['corestatus'] !== undefined) proven.add('reporting');
  return [...proven].toSorted();
}
