import { screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { click, show } from "@/tests/setup/screen";
import { Places } from "./places";

const { refresh } = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useRouter: () => ({ refresh }),
}));

const since = "2026-11-02T10:00:00.000Z";
const places = { tag: "agent" as const, most: 3, values: ["crawler", "writer"].map((value) => ({ value, since })) };

it("frees the place that the question names", async () => {
  const free = vi.fn(async () => ({}));
  show(<Places places={places} free={free as never} />);
  await click(screen.getAllByRole("button")[1] as HTMLElement);
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("writer");
  await click([...dialog.querySelectorAll("button")].at(-1) as HTMLElement);
  await waitFor(() => expect(free.mock.calls).toEqual([[{ tag: "agent", value: "writer" }]]));
  expect(refresh).toHaveBeenCalledOnce();
});

it("offers nothing to viewers who may not free a place", () => {
  show(<Places places={places} free={null} />);
  expect(screen.queryAllByRole("button")).toEqual([]);
  expect(document.body.textContent).toContain("crawler");
});
