import { expect, it } from "vitest";
import { agentNames } from "./agent-names";

it("the name of a browser is its own, not one of those that it claims to be", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
  expect(agentNames(chrome)).toEqual({ browser: "Chrome", system: "Linux" });
  expect(agentNames(`${chrome} Edg/150.0`)).toEqual({ browser: "Edge", system: "Linux" });
  expect(agentNames("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")).toEqual({
    browser: "Safari",
    system: "iOS",
  });
});

it("the name of a browser is left out where it is unknown", () => {
  expect(agentNames("curl/8.0")).toEqual({ browser: null, system: null });
  expect(agentNames(null)).toEqual({ browser: null, system: null });
});
