/** A component on a page of jsdom, in dollars and English, used by pointer and keys as a reader uses it. */
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach } from "vitest";
import { type Facts, FactsProvider } from "@/components/context/facts";
import { sampleFacts } from "@/components/gallery/sample";
import { english } from "@/messages/english";

// What is laid out is not known here; what asks for it is told that nothing moves.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.getAnimations ??= () => [];

let again: ((children: ReactNode) => void) | undefined;

afterEach(() => {
  cleanup();
  again = undefined;
  window.localStorage.clear();
});

/** Shows it, or shows it again with other properties. */
export function show(children: ReactNode, facts: Facts = sampleFacts): void {
  const page = (
    <NextIntlClientProvider locale="en" messages={english} timeZone="UTC">
      <FactsProvider facts={facts}>{children}</FactsProvider>
    </NextIntlClientProvider>
  );
  if (again) again(page);
  else again = render(page).rerender;
}

/** What a reader hears after the name: hints, and what is wrong. */
export function describedBy(element: Element): string {
  const ids = (element.getAttribute("aria-describedby") ?? "").split(" ");
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

export const focus = (element: HTMLElement): void => act(() => element.focus());

/** All that a mouse says, and what the click's promises answer at once. */
export async function click(element: HTMLElement): Promise<void> {
  await act(async () => {
    fireEvent.pointerDown(element, { pointerType: "mouse" });
    fireEvent.mouseDown(element);
    element.focus();
    fireEvent.pointerUp(element, { pointerType: "mouse" });
    fireEvent.mouseUp(element);
    fireEvent.click(element, { detail: 1 });
  });
}

/** Presses a key where the focus is; Enter and the space bar click a button, as they do in a browser. */
export async function press(key: string): Promise<void> {
  const target = document.activeElement as HTMLElement;
  await act(async () => {
    const allowed = fireEvent.keyDown(target, { key });
    fireEvent.keyUp(target, { key });
    if (allowed && target.matches("button") && (key === "Enter" || key === " ")) fireEvent.click(target);
  });
}

/** Replaces what stands in a field. */
export async function type(field: HTMLElement, text: string): Promise<void> {
  focus(field);
  await act(async () => {
    fireEvent.input(field, { target: { value: text }, inputType: "insertText", data: text });
  });
}
