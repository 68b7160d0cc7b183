import { expect, it } from "vitest";
import { readCatalogue } from "@/lib/catalogue/load";
import { factsOf } from "@/tests/fixtures/facts";
import { show } from "@/tests/setup/screen";
import { useRecommended } from "./recommended";

const Recommended = () => useRecommended();

it("the recommended balance of Apertis is $5 for uninterrupted service", async () => {
  show(<Recommended />, factsOf(await readCatalogue("apertis")));
  expect(document.body.textContent).toBe(
    "No minimum balance is required, but we recommend maintaining at least $5.00 for uninterrupted service.",
  );
});

it("the recommended balance is not named by an operator without one", async () => {
  show(<Recommended />, factsOf(await readCatalogue("persly")));
  expect(document.body.textContent).toBe("");
});
