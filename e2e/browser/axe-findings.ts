import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe has against a page: each rule that it breaks, with the first place. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Nothing is framed from elsewhere: axe needs no second page to add up what it found.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
