import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { freePort } from '../../testkit/processes/free-port.ts';
import { startChild } from '../../testkit/processes/child-process.ts';
import { runCommand } from '../../testkit/processes/run-command.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { MAIN, runCli } from '../../testkit/gateway/test-accounts.ts';
import { httpRequest } from '../../testkit/gateway/http-client.ts';
import { startForTest } from '../../testkit/site/test-site.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const SITE = {
  LAMPBOARD_PUBLIC_URL: 'https://lampboard.example.org',
  LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1',
};
const GATEWAY = { command: process.execPath, args: [MAIN] };

let folder: string;
beforeEach(async () => {
  folder = (await startForTest(makeTempFolder())).path;
});

/** Starts the gateway in the test folder; returns its startup error. */
async function startupErrorOf(changed: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { ...process.env, LAMPBOARD_PORT: String(await freePort()), ...changed };
  const options = { ...GATEWAY, cwd: folder, env, timeoutMs: 30_000 };
  const { code, stdout, stderr } = await runCommand(options);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^Lampboard: [^\n]+\n$/);
  return stderr;
}

const cli = (changed: NodeJS.ProcessEnv, ...args: string[]) => {
  const env = { ...process.env, ...changed };
  return runCli({ args: ['account', ...args], env, cwd: folder, input: 'tangerine kettle 7' });
};
const ADD_BOB = ['add', 'bob', '--role', 'user', '--password-stdin'];

/** Starts the gateway in the test folder with a port set in `.env`; returns whether it serves there. */
async function servesByDotEnv(text: (port: number) => string, env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  const port = await freePort();
  await writeFile(join(folder, '.env'), text(port));
  const gateway = await startChild({ ...GATEWAY, cwd: folder, env: { ...process.env, ...env } });
  const isHealthy = async () => (await httpRequest(`http://127.0.0.1:${port}/healthz`)).status === 200;
  await waitUntil('the gateway to serve', async () => !gateway.isRunning() || isHealthy());
  const isThere = gateway.isRunning();
  await gateway.kill();
  return isThere;
}

it('[CF1] a file .env with a byte order mark counts from its first setting on', async () => {
  const text = (port: number) => `\uFEFFLAMPBOARD_PORT=${port}\r\nLAMPBOARD_HIDE_OTHERS_MESSAGES=true\r\n`;
  expect(await servesByDotEnv(text)).toBe(true);
});

it('[CF1] a file .env that can’t be read stops the start, in one line with its path', async () => {
  const path = join(folder, '.env');
  await writeFile(path, Buffer.from('\uFEFFLAMPBOARD_AMI_HOST=pbx\r\n', 'utf16le'));
  expect(await startupErrorOf()).toContain(`${path} is not UTF-8`);
  await rm(path);
  await mkdir(path);
  expect(await startupErrorOf()).toContain(`${path}, the file with the LAMPBOARD_ settings, is a folder`);
  expect((await cli({}, 'list')).stderr).toContain(`${path}, the file with the LAMPBOARD_ settings`);
});

it('[CF2] a misspelt setting stops the start, from the environment and from .env, on the command line too', async () => {
  expect(await startupErrorOf({ LAMPBOARD_AMI_HSOT: 'pbx' })).toContain('did you mean LAMPBOARD_AMI_HOST?');
  await writeFile(join(folder, '.env'), 'LAMPBOARD_HIDE_OTHERS_MESSAGE=true\n');
  expect(await startupErrorOf()).toContain('did you mean LAMPBOARD_HIDE_OTHERS_MESSAGES?');
  const { code, stderr } = await cli({}, ...ADD_BOB);
  expect(code).toBe(1);
  expect(stderr).toContain('did you mean LAMPBOARD_HIDE_OTHERS_MESSAGES?');
});

it('[CF3] what Kubernetes injects for a service called lampboard stops nothing, and .env keeps its port', async () => {
  const links = {
    LAMPBOARD_SERVICE_HOST: '10.96.0.12',
    LAMPBOARD_SERVICE_PORT: '8080',
    LAMPBOARD_SERVICE_PORT_HTTP: '8080',
    LAMPBOARD_PORT: 'tcp://10.96.0.12:8080',
    LAMPBOARD_PORT_8080_TCP: 'tcp://10.96.0.12:8080',
    LAMPBOARD_PORT_8080_TCP_PROTO: 'tcp',
    LAMPBOARD_PORT_8080_TCP_PORT: '8080',
    LAMPBOARD_PORT_8080_TCP_ADDR: '10.96.0.12',
    LAMPBOARD_METRICS_SERVICE_HOST: '10.96.0.13',
    LAMPBOARD_METRICS_PORT: 'tcp://10.96.0.13:9090',
  };
  expect(await servesByDotEnv((port) => `LAMPBOARD_PORT=${port}\n`, links)).toBe(true);
});

it('[CF5] settings of a site without its Asterisk never serve the demo PBX, nor change its accounts', async () => {
  expect(await startupErrorOf(SITE)).toMatch(/LAMPBOARD_PUBLIC_URL is https:.*LAMPBOARD_AMI_HOST is missing/);
  expect(await startupErrorOf({ LAMPBOARD_HOST: '0.0.0.0' })).toContain('LAMPBOARD_AMI_HOST');
  const { code, stdout, stderr } = await cli(SITE, ...ADD_BOB);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('LAMPBOARD_AMI_HOST is missing');
  expect(await readdir(folder)).toEqual([]);
});

it('[CF5] the command line says where the accounts that it changes are the demo’s', async () => {
  const added = await cli({}, ...ADD_BOB);
  expect(added.stdout).toContain('bob was added.');
  expect(added.stdout).toContain('accounts of the demo PBX: LAMPBOARD_AMI_HOST is set neither');
  const listed = await cli({}, 'list');
  expect(listed.stdout.trim().split('\n')).toHaveLength(1);
  expect(listed.stderr).toContain('accounts of the demo PBX');
});

it('[CF7] a data folder that can’t be one stops the start, in one line with its setting', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  for (const LAMPBOARD_DATA_DIR of ['/proc/nope', file, join(file, 'below')]) {
    const line = `LAMPBOARD_DATA_DIR names ${LAMPBOARD_DATA_DIR}`;
    expect(await startupErrorOf({ LAMPBOARD_DATA_DIR })).toContain(`${line}, which`);
    expect((await cli({ LAMPBOARD_DATA_DIR }, 'list')).stderr).toContain(line);
  }
});
