import { expect, it } from 'vitest';
import { failureMessage } from './failure-message.ts';
import { loadLanguage } from './languages.ts';
import { translateEnglish } from './translate.ts';

const failure = { code: 'timeout', message: 'Asterisk did not answer within 900 ms.' } as const;

it('[IN1] shows a failure’s own text in English, and a text by its code in other languages', async () => {
  expect(failureMessage(translateEnglish, failure)).toBe(failure.message);
  expect(failureMessage(await loadLanguage('de'), failure)).toMatch(/^Es kam rechtzeitig keine Antwort/u);
});
