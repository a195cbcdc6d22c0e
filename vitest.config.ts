import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** What these show is a matter of seconds, or takes the whole machine: each has it to itself. */
const BY_THE_CLOCK = [
  'e2e/chaos/chaos.test.ts',
  'e2e/gateway/faults.test.ts',
  'e2e/gateway/many-boards.test.ts',
  'e2e/gateway/one-user.test.ts',
];

/** Beside each other: those with a PBX wait for something most of the time. */
const AT_ONCE = 2;
const WAITING_AT_ONCE = 3;

const setupFiles = [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))];
const pbx = { setupFiles, testTimeout: 60_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/gateway/src/**/*.test.ts'],
          setupFiles,
          testTimeout: 20_000,
          maxWorkers: 1,
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
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...pbx,
          name: 'pbx',
          include: ['e2e/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...BY_THE_CLOCK],
          maxWorkers: WAITING_AT_ONCE,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...pbx,
          name: 'clock',
          include: BY_THE_CLOCK,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
