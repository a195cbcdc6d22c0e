import { type CliOptions, parseCli, USAGE } from './cli-options.ts';
import { startDemoPbx } from './ami/server.ts';
import { generateHints, startCallLoad, startLoadGenerator } from './simulation/load-generator.ts';
import { startNoiseGenerator } from './simulation/noise-generator.ts';
import { startOffice } from './simulation/office.ts';
import { officeDirectory, officeHints } from './simulation/directory.ts';
import { officeTelephony } from './simulation/office-telephony.ts';
import { standardTelephony } from './telephony/telephony-config.ts';

function exitWithError(message: string): void {
  console.error(`demo-pbx: ${message}`);
  process.exitCode = 2;
}

async function run({ host, port, secret, seed, simulation }: CliOptions): Promise<void> {
  const hints = simulation.kind === 'office' ? officeHints : generateHints(simulation.extensions);
  const { calls, noise } = simulation.kind === 'load' ? simulation : { calls: 0, noise: 0 };
  const write = noise === 0 ? ['call', 'system'] : ['call'];
  const user = { username: 'lampboard', secret, read: ['call', 'system'], write };
  const telephony = simulation.kind === 'office' ? officeTelephony : standardTelephony;
  const pbx = await startDemoPbx({ hints, users: [user], host, port, telephony });
  const generator =
    simulation.kind === 'office'
      ? startOffice({ pbx, seed })
      : startLoadGenerator({ pbx, seed, ...simulation });
  const callLoad = startCallLoad({ pbx, seed, extensions: hints.length, calls });
  const noiseGenerator = startNoiseGenerator({ pbx, rate: noise });
  const description =
    simulation.kind === 'office'
      ? `an office of ${officeDirectory.length}`
      : `${simulation.extensions} extensions, ${calls} calls, ${simulation.rate} changes and ${noise} other events per second`;
  console.log(
    `demo-pbx: AMI on ${host}:${pbx.port}, user ${user.username}, secret ${secret}; ${description}`,
  );
  const stop = (): void => {
    generator.stop();
    callLoad.stop();
    noiseGenerator.stop();
    void pbx.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const parsed = parseCli(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    console.log(USAGE);
    break;
  case 'invalid':
    exitWithError(`${parsed.message} (--help shows the options)`);
    break;
  case 'run':
    run(parsed.options).catch((error: unknown) =>
      exitWithError(error instanceof Error ? error.message : String(error)),
    );
    break;
}
