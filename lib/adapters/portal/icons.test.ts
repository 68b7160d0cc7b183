import { expect, it } from "vitest";
import { manifestIcons, pageIcons } from "./icons";

it("an operator without a logo has the icons of the repository, one of them for round screens", () => {
  const icons = manifestIcons(null);
  expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  expect(icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  expect(pageIcons(null)).toMatchObject({ apple: "/apple-touch-icon.png", picture: "/opengraph.png" });
});

it("an operator's logo replaces the icon of the tab, of the home screen and of a link", () => {
  expect(manifestIcons("/logo.png")).toEqual([{ src: "/logo.png", sizes: "any", type: "image/png" }]);
  expect(pageIcons("/logo.png")).toEqual({ icon: [{ url: "/logo.png" }], apple: "/logo.png", picture: "/logo.png" });
});

it("a logo that a home screen or a link cannot show is left out there", () => {
  const drawn = "data:image/svg+xml,%3Csvg%3E";
  expect(pageIcons(drawn)).toEqual({ icon: [{ url: drawn }], apple: null, picture: "/opengraph.png" });
  expect(manifestIcons(drawn)).toEqual([{ src: drawn, sizes: "any", type: "image/svg+xml" }]);
  expect(pageIcons("data:image/png;base64,AA").picture).toBe("/opengraph.png");
});
