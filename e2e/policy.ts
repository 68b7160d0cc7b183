/** What the browser refuses of a page under its content security policy. */
import { type APIResponse, expect, type Page, type Response } from "@playwright/test";

const NONCE = /'nonce-([\w+/=]+)'/;

declare global {
  interface Window {
    refusals: string[];
    injected?: boolean;
  }
}

/** Notes what the browser refuses, from before the first byte of a page is read. */
export async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.refusals = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
      window.refusals.push(`${effectiveDirective}: ${blockedURI} ${sample}`);
    });
  });
}

export const refusals = (page: Page): Promise<string[]> => page.evaluate(() => window.refusals);

export const nonceOf = (answer: APIResponse | Response): string | undefined =>
  NONCE.exec(answer.headers()["content-security-policy"] ?? "")?.[1];

/** The watched page has lost nothing to its policy, and its scripts carry the nonce of its own answer. */
export async function keepsItsPolicy(page: Page, answer: Response | null): Promise<void> {
  const nonce = answer && nonceOf(answer);
  expect(nonce).toBeTruthy();
  const nonces = await page.locator("script").evaluateAll((all) => all.map((one) => (one as HTMLElement).nonce));
  // Scripts that our scripts load are trusted for that, and carry none.
  expect(new Set(nonces.filter(Boolean))).toEqual(new Set([nonce]));
  expect(await refusals(page)).toEqual([]);
}
