import { basename, dirname, resolve } from 'node:path';
import type { AmiEndpoint } from '@lampboard/ami';
import { ONLY_PBX, PBX_COLOURS, type PbxColour } from '@lampboard/protocol';
import { withoutBrackets } from '../platform/network.ts';
import { type AmiSettings, type Environment, configError, rejectDependents } from './environment.ts';
import { type PbxFile, type PbxSettings, readPbxFile } from './pbx-file.ts';
import { readSecretFile, readText } from './secrets.ts';

const LIST_KB_PER_SECOND = 5;

/** An Asterisk to follow. */
export interface PbxConfig {
  /** {@link ONLY_PBX} where there is one. */
  readonly id: string;
  /** The id that a store may have it by, from the time of another number of PBXs. */
  readonly formerId: string | null;
  readonly name: string;
  readonly colour: PbxColour;
  readonly endpoint: AmiEndpoint;
  /** Of the session for calls; null where they are off. */
  readonly calls: AmiEndpoint | null;
  /** Null: hints of all contexts are shown. */
  readonly contexts: readonly string[] | null;
  /** Average bandwidth of periodic lists over AMI, in bytes per second. */
  readonly listBytesPerSecond: number;
}

/** True where no Asterisk is configured, so that the embedded demo PBX runs instead. */
export const isDemoConfig = ({ pbxs }: { readonly pbxs: readonly unknown[] }) => pbxs.length === 0;

/** The level of calls. Only the demo PBX shows them by default. */
export type CallsMode = 'off' | 'show' | 'control';

export const readCallsMode = (values: Environment, pbxs: readonly PbxConfig[]): CallsMode =>
  values.LAMPBOARD_CALLS ?? (isDemoConfig({ pbxs }) ? 'show' : 'off');

/** Returns the ids on the board; without any PBX that of the demo PBX. */
export const pbxIdsOf = (pbxs: readonly PbxConfig[]) =>
  pbxs.length === 0 ? [ONLY_PBX] : pbxs.map(({ id }) => id);

export interface Pbxs {
  readonly pbxs: readonly PbxConfig[];
  readonly pbxFile: PbxFile | null;
  readonly secretFiles: readonly (readonly [setting: string, file: string])[];
}

/** Reads the PBXs from the configuration file, `defaultFile` by default, or one from the environment. */
export function readPbxs(values: Environment, defaultFile: string | null): Pbxs {
  const { LAMPBOARD_CONFIG_FILE: configFile } = values;
  const path = configFile ?? defaultFile;
  const pbxFile = path === null ? null : readPbxFile(resolve(path), { required: configFile !== undefined });
  if (pbxFile === null) return { pbxs: readOnlyPbx(values), pbxFile, secretFiles: [] };
  const alternative = Object.keys(values).find(
    (name) => /^LAMPBOARD_(?:CALLS_)?AMI_/.test(name) || name === 'LAMPBOARD_CONTEXTS',
  );
  if (alternative !== undefined)
    configError(
      `${alternative} is set, but ${pbxFile.path} lists the PBXs, with all that belongs to them: keep one of the two.`,
    );
  const isCallsOn = hasCalls(values);
  return { pbxs: pbxsOf(pbxFile, isCallsOn), pbxFile, secretFiles: secretFilesOf(pbxFile) };
}

/** Returns the text of the settings of each PBX, by name. */
export function pbxTexts(file: PbxFile | null): (readonly [name: string, text: string])[] {
  const pbxs = file?.settings.pbxs ?? [];
  return pbxs.map((pbx) => [`pbxs.${pbx.id}`, JSON.stringify(pbx)]);
}

function secretFilesOf({ path, settings: { pbxs } }: PbxFile): Pbxs['secretFiles'] {
  const named = pbxs.flatMap(({ id, ami }) =>
    (['secret_file', 'calls_secret_file'] as const).flatMap((setting) => {
      const file = ami[setting];
      return file === undefined ? [] : [[`${setting} of ${id}`, resolve(dirname(path), file)] as const];
    }),
  );
  const holdsSecrets = pbxs.some(({ ami }) => (ami.secret ?? ami.calls_secret) !== undefined);
  return holdsSecrets ? [...named, [basename(path), path]] : named;
}

function readOnlyPbx(values: Environment): PbxConfig[] {
  const { LAMPBOARD_AMI_HOST: host, LAMPBOARD_CONTEXTS: contexts = [] } = values;
  if (host === undefined) {
    for (const prefix of ['LAMPBOARD_AMI_', 'LAMPBOARD_CALLS_AMI_'])
      rejectDependents(values, prefix, 'LAMPBOARD_AMI_HOST');
    return [];
  }
  const settings = {
    host,
    port: values.LAMPBOARD_AMI_PORT,
    username:
      values.LAMPBOARD_AMI_USERNAME ??
      configError('LAMPBOARD_AMI_USERNAME is missing beside LAMPBOARD_AMI_HOST.'),
    secret: values.LAMPBOARD_AMI_SECRET,
    secret_file: values.LAMPBOARD_AMI_SECRET_FILE,
    calls_username: values.LAMPBOARD_CALLS_AMI_USERNAME,
    calls_secret: values.LAMPBOARD_CALLS_AMI_SECRET,
    calls_secret_file: values.LAMPBOARD_CALLS_AMI_SECRET_FILE,
    tls: values.LAMPBOARD_AMI_TLS,
    tls_ca: values.LAMPBOARD_AMI_TLS_CA,
    tls_server_name: values.LAMPBOARD_AMI_TLS_SERVER_NAME,
  };
  const nameOf = (setting: keyof AmiSettings) =>
    `LAMPBOARD_AMI_${setting.toUpperCase()}`.replace('AMI_CALLS_', 'CALLS_AMI_');
  const { endpoint, calls } = readEndpoints(settings, { nameOf, locate: nameOf, folder: '' });
  const pbx = onlyPbx(endpoint, contexts, values.LAMPBOARD_AMI_LIST_KB_PER_SECOND);
  return [{ ...pbx, calls: hasCalls(values) ? calls : null }];
}

/** Returns a PBX that is alone, so that it needs no name. */
export function onlyPbx(
  endpoint: AmiEndpoint,
  contexts: readonly string[] = [],
  listRate?: number,
): PbxConfig {
  const identity = { id: ONLY_PBX, formerId: null, name: '', colour: PBX_COLOURS[0] };
  return { ...identity, endpoint, calls: null, ...readLimits(contexts, listRate) };
}

const hasCalls = ({ LAMPBOARD_CALLS: mode = 'off' }: Environment) => mode !== 'off';

function readLimits(contexts: readonly string[] = [], listRate = LIST_KB_PER_SECOND) {
  return { contexts: contexts.length > 0 ? contexts : null, listBytesPerSecond: listRate * 1000 };
}

function pbxsOf({ path, settings, locate }: PbxFile, isCallsOn: boolean): PbxConfig[] {
  const { pbxs, original_pbx: original } = settings;
  for (const key of ['id', 'name'] as const) {
    const values = pbxs.map((pbx) => pbx[key]);
    const repeated = values.findIndex((value, index) => values.indexOf(value) < index);
    if (repeated !== -1) configError(`${locate(['pbxs', repeated, key])} is that of another PBX, too.`);
  }
  if (original !== undefined && !pbxs.some(({ id }) => id === original))
    configError(
      `${locate(['original_pbx'])} is the id of none of the PBXs: ${pbxs.map(({ id }) => id).join(', ')}.`,
    );
  const idsOf = ({ id }: PbxSettings) => {
    if (pbxs.length === 1) return { id: ONLY_PBX, formerId: id };
    return { id, formerId: id === original ? ONLY_PBX : null };
  };
  return pbxs.map((pbx, index) => {
    const { endpoint, calls } = readEndpoints(pbx.ami, {
      nameOf: (setting) => `ami.${setting}`,
      locate: (setting) => locate(['pbxs', index, 'ami', setting]),
      folder: dirname(path),
    });
    return {
      ...idsOf(pbx),
      name: pbx.name,
      colour: pbx.colour ?? unusedColour(pbxs, index),
      endpoint,
      calls: isCallsOn ? calls : null,
      ...readLimits(pbx.contexts, pbx.ami.list_kb_per_second),
    };
  });
}

/** Returns the next colour that no PBX of the file has, or one of all where there are more PBXs than colours. */
function unusedColour(pbxs: readonly PbxSettings[], index: number): PbxColour {
  const unused = PBX_COLOURS.filter((colour) => !pbxs.some((pbx) => pbx.colour === colour));
  const choice = unused.length === 0 ? PBX_COLOURS : unused;
  const before = pbxs.slice(0, index).filter(({ colour }) => colour === undefined).length;
  return choice[before % choice.length] ?? PBX_COLOURS[0];
}

interface EndpointSource {
  /** Returns the name of a setting, for errors. */
  readonly nameOf: (setting: keyof AmiSettings) => string;
  /** Returns the name with file and line, where there is a file. */
  readonly locate: (setting: keyof AmiSettings) => string;
  /** That relative file names start from. */
  readonly folder: string;
}

type Settings = AmiSettings & { readonly host: string; readonly username: string };

/** Reads the endpoint of the board and that of calls, which may have an AMI user of its own. */
function readEndpoints(
  settings: Settings,
  source: EndpointSource,
): { endpoint: AmiEndpoint; calls: AmiEndpoint } {
  const { host, port = 5038, username, calls_username: callsUsername } = settings;
  const tls = readTls(settings, source);
  const server = { host: withoutBrackets(host), port, ...(tls !== null && { tls }) };
  const endpoint = { ...server, username, secret: readUserSecret(settings, source, '') };
  const dependent = (['calls_secret', 'calls_secret_file'] as const).find((name) => settings[name]);
  if (callsUsername !== undefined) {
    const secret = readUserSecret(settings, source, 'calls_');
    return { endpoint, calls: { ...server, username: callsUsername, secret } };
  }
  if (dependent === undefined) return { endpoint, calls: endpoint };
  return configError(
    `${source.locate(dependent)} is set, but ${source.nameOf('calls_username')} is missing.`,
  );
}

function readUserSecret(
  settings: AmiSettings,
  { nameOf, locate, folder }: EndpointSource,
  prefix: '' | 'calls_',
): string {
  const [textName, fileName] = [`${prefix}secret`, `${prefix}secret_file`] as const;
  const file = settings[fileName];
  const secret =
    file === undefined ? settings[textName] : readSecretFile(locate(fileName), resolve(folder, file));
  if (secret !== undefined && secret !== '') return secret;
  return configError(`${locate(textName)} or ${nameOf(fileName)} is missing.`);
}

function readTls(
  settings: AmiSettings,
  { nameOf, locate, folder }: EndpointSource,
): NonNullable<AmiEndpoint['tls']> | null {
  const { tls, tls_ca: caFile, tls_server_name: serverName = null } = settings;
  if (tls !== true) {
    if (caFile === undefined && serverName === null) return null;
    const dependent = locate(caFile === undefined ? 'tls_server_name' : 'tls_ca');
    return configError(`${dependent} is set, but ${nameOf('tls')} is not true.`);
  }
  const ca = caFile === undefined ? null : readText(locate('tls_ca'), resolve(folder, caFile));
  // Node takes text without a certificate for an authority that has issued nothing.
  if (ca?.includes('-----BEGIN CERTIFICATE-----') === false)
    configError(`${locate('tls_ca')} names ${caFile}, which holds no PEM certificate.`);
  return { ca, serverName };
}
