import { expect, it, vi } from "vitest";
import { sampleFacts } from "@/components/gallery/sample";
import { show } from "@/tests/setup/screen";
import { Navigation } from "./navigation";

vi.mock("next/navigation", () => ({ usePathname: () => "/" }));

const links = () => [...document.querySelectorAll("a")].map((link) => link.textContent);

it("the navigation has runs beside usage, by the catalogue's name, only where the catalogue has them", () => {
  show(<Navigation />);
  expect(links()).not.toContain("Sessions");
  show(<Navigation />, { ...sampleFacts, runs: { tag: "session", label: "Sessions", singular: "session" } });
  expect(links().slice(0, 4)).toEqual(["Overview", "Usage", "Sessions", "Transactions"]);
});
