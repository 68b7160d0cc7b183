/** A component on a page of jsdom, as a reader meets it: found by name, used by pointer and keys. */
import { NextIntlClientProvider } from "next-intl";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, vi } from "vitest";
import { type Facts, FactsProvider } from "@/components/facts";
import { sampleFacts } from "@/components/gallery/sample";
import { english } from "@/messages/english";

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
// What is laid out is not known here; what asks for it is told that nothing moves.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.getAnimations ??= () => [];

let root: Root | undefined;

afterEach(async () => {
  await act(async () => root?.unmount());
  root = undefined;
  document.body.replaceChildren();
  window.localStorage.clear();
});

/** Shows it, or shows it again with other properties. */
export async function show(children: ReactNode, facts: Facts = sampleFacts): Promise<HTMLElement> {
  if (!root) root = createRoot(document.body.appendChild(document.createElement("main")));
  const shown = root;
  await act(async () =>
    shown.render(
      <NextIntlClientProvider locale="en" messages={english} timeZone="UTC">
        <FactsProvider facts={facts}>{children}</FactsProvider>
      </NextIntlClientProvider>,
    ),
  );
  return document.body.firstElementChild as HTMLElement;
}

const wordsOf = (ids: string | null): string =>
  (ids ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .join(" ")
    .trim();

/** The name that a reader hears. */
export function nameOf(element: Element): string {
  const labels = (element as HTMLInputElement).labels;
  return (
    wordsOf(element.getAttribute("aria-labelledby")) ||
    element.getAttribute("aria-label") ||
    labels?.[0]?.textContent ||
    element.textContent ||
    ""
  );
}

/** What a reader hears after the name: hints and what is wrong. */
export const describedBy = (element: Element): string => wordsOf(element.getAttribute("aria-describedby"));

/** All elements of a selector with the name, in the order of the page. */
export function all(selector: string, name?: string | RegExp): HTMLElement[] {
  const fits = (element: Element) =>
    name === undefined || (typeof name === "string" ? nameOf(element) === name : name.test(nameOf(element)));
  return [...document.querySelectorAll<HTMLElement>(selector)].filter(fits);
}

/** The first of them; that there is none is the test's failure. */
export function the<Found extends HTMLElement = HTMLElement>(selector: string, name?: string | RegExp): Found {
  const [found] = all(selector, name);
  if (!found) throw new Error(`No ${selector} named ${name}. The page says: ${document.body.textContent}`);
  return found as Found;
}

/** Waits until it no longer throws: what is loaded by a click, or answered by a promise. */
export const until = (check: () => void): Promise<void> =>
  vi.waitFor(async () => {
    await act(async () => {});
    check();
  });

export const focus = (element: HTMLElement): Promise<void> => act(async () => element.focus());

export async function click(element: HTMLElement): Promise<void> {
  await act(async () => {
    const at = { bubbles: true, cancelable: true, button: 0, detail: 1 };
    element.dispatchEvent(new PointerEvent("pointerdown", { ...at, pointerType: "mouse" }));
    element.dispatchEvent(new MouseEvent("mousedown", at));
    element.focus();
    element.dispatchEvent(new PointerEvent("pointerup", { ...at, pointerType: "mouse" }));
    element.dispatchEvent(new MouseEvent("mouseup", at));
    element.click();
  });
}

/** Presses a key where the focus is; Enter and the space bar click a button, as they do in a browser. */
export async function press(key: string): Promise<void> {
  await act(async () => {
    const target = document.activeElement as HTMLElement;
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    const allowed = target.dispatchEvent(event);
    target.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true, cancelable: true }));
    if (allowed && target.matches("button") && (key === "Enter" || key === " ")) target.click();
  });
}

/** Replaces what stands in a field. */
export async function type(field: HTMLElement, text: string): Promise<void> {
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set;
  await act(async () => {
    field.focus();
    set?.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
