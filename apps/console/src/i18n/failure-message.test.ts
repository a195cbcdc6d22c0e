import { expect, it } from 'vitest';
import { failureMessage } from './failure-message.ts';
import { loadLanguage } from './languages.ts';
import { translateEnglish } from './translate.ts';

const failure = { code: 'timeout', message: 'Asterisk did not answer within 900 ms.' } as const;

it('[IN1] a refusal is told in English as it came, and in other languages by its code', async () => {
  expect(failureMessage(translateEnglish, failure)).toBe(failure.message);
  expect(failureMessage(await loadLanguage('de'), failure)).toMatch(/^Es kam rechtzeitig keine Antwort/u);
});
