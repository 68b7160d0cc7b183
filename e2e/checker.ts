/** The accessibility checker of a page. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "./fixtures";

/**
 * It runs in the page itself, and returns violations alone: our pages have no frames, for which it would send everything
 * that it found to a second page, at three times the cost.
 */
export const checkerOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
