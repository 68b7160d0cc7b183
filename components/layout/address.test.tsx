import { act, cleanup, render, screen } from "@testing-library/react";
import { parseAsString, useQueryStates } from "nuqs";
import { useSyncExternalStore } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** A router that draws an address when it is told to, and sets `location` to it then, as Next's does. */
const router = vi.hoisted(() => ({ url: "/usage", listeners: new Set<() => void>(), replace: vi.fn() }));

function useDrawn(): URL {
  const subscribe = (listener: () => void) => {
    router.listeners.add(listener);
    return () => router.listeners.delete(listener);
  };
  const url = () => router.url;
  return new URL(useSyncExternalStore(subscribe, url, url), location.href);
}

vi.mock("next/navigation", () => ({
  useRouter: () => router,
  usePathname: () => useDrawn().pathname,
  useSearchParams: () => useDrawn().searchParams,
}));

import { AddressProvider } from "./address";

const draw = (url: string) =>
  act(() => {
    router.url = url;
    history.replaceState(null, "", url);
    for (const listener of router.listeners) listener();
  });

function Choices() {
  const parsers = { r: parseAsString, i: parseAsString };
  const [state, set] = useQueryStates(parsers, { history: "push", throttleMs: 0 });
  return (
    <>
      <output>{`${state.r} ${state.i}`}</output>
      <button type="button" onClick={() => void set({ r: "24h", i: null })}>
        24 h
      </button>
      <button type="button" onClick={() => void set({ r: "90d", i: null })}>
        90 d
      </button>
      <button type="button" onClick={() => void set({ i: "month" })}>
        Months
      </button>
      <button type="button" onClick={() => void set({ r: "7d" }, { shallow: false })}>
        7 d from the server
      </button>
    </>
  );
}

async function choose(name: string) {
  const before = location.search;
  await act(async () => screen.getByRole("button", { name }).click());
  await vi.waitFor(() => expect(location.search).not.toBe(before));
}
const shown = () => screen.getByRole("status").textContent;

beforeEach(() => {
  history.replaceState(null, "", "/usage");
  router.url = "/usage";
  render(<Choices />, { wrapper: AddressProvider });
});
afterEach(() => {
  cleanup();
  router.replace.mockReset();
});

test("a choice during the drawing of an older one keeps the choices between", async () => {
  await choose("24 h");
  await choose("90 d");
  draw("/usage?r=24h");
  expect(shown()).toBe("90d null");
  await choose("Months");
  expect(location.search).toBe("?r=90d&i=month");
  expect(shown()).toBe("90d month");
  draw("/usage?r=90d");
  draw("/usage?r=90d&i=month");
  expect(shown()).toBe("90d month");
});

test("a link to the same page replaces what was chosen", async () => {
  await choose("24 h");
  draw("/usage?r=7d");
  expect(shown()).toBe("7d null");
  await choose("Months");
  expect(location.search).toBe("?r=7d&i=month");
});

test("the Back button shows what was before, even when the way there was not drawn yet", async () => {
  await choose("24 h");
  await choose("90 d");
  act(() => {
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  draw("/usage?r=24h");
  expect(shown()).toBe("24h null");
});

test("a choice that the server answers asks the router for its address, others do not", async () => {
  await choose("24 h");
  expect(router.replace).not.toHaveBeenCalled();
  await choose("7 d from the server");
  expect(router.replace).toHaveBeenCalledWith("/usage?r=7d", { scroll: false });
});
