import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Timing-sensitive or resource-intensive: run one at a time. */
const SERIAL_TESTS = [
  'e2e/chaos/chaos.test.ts',
  'e2e/tests/gateway-asterisk/outages.test.ts',
  'e2e/tests/gateway-operations/cluster-pbxs.test.ts',
  'e2e/tests/gateway-operations/load.test.ts',
  'e2e/tests/gateway-operations/resource-limits.test.ts',
  'e2e/tests/installation/*.test.ts',
];

const MAX_WORKERS = 2;
/** Tests with a PBX are mostly idle. */
const PBX_WORKERS = 3;

const setupFiles = [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))];
const pbx = { setupFiles, testTimeout: 60_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/gateway/{src,fuzz}/**/*.test.ts'],
          setupFiles,
          testTimeout: 20_000,
          // Modules are loaded once for all files.
          isolate: false,
          maxWorkers: MAX_WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: './apps/console/vite.config.ts',
        test: {
          name: 'console',
          root: './apps/console',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 20_000,
          maxWorkers: MAX_WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...pbx,
          name: 'pbx',
          include: ['e2e/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SERIAL_TESTS],
          maxWorkers: PBX_WORKERS,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...pbx,
          name: 'serial',
          include: SERIAL_TESTS,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
