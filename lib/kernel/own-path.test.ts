import { describe, expect, it } from "vitest";
import { ownPath } from "./own-path";

describe("an address to return to", () => {
  it.each(["/", "/usage?r=7d", "/keys#new", "/transactions?search=a%2Fb", "/settings//x"])(
    "is our own path: %s",
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    ...[
      "https://example.com/",
      "//example.com",
      "/\\example.com",
      "\\\\example.com",
      "/\t/example.com",
      "/\n/example.com",
    ],
    ...["/.//example.com", "/..//example.com", "javascript:alert(1)", "data:text/html,x", "usage", "", " /usage"],
    ...[
      "/sign-in",
      "/sign-in?callbackUrl=/sign-in",
      "/sign-in/link?token=x",
      "/api/auth/signout",
      `/${"a".repeat(3_000)}`,
    ],
    ...["http:/example.com", "/\r\nLocation: https://example.com", undefined, null, 1, ["/usage", "/keys"]],
  ])("is not followed: %j", (value) => {
    expect(ownPath(value)).toBe("/");
  });
});
