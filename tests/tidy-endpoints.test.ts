/** The table of what the portal's pages read, and the routes that answer, say the same. */
import { expect, it } from "vitest";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { readTree } from "./setup/tree";

const DATA = "app/o/[organization]/data/";
const routes = new Map(
  readTree()
    .filter(({ name, text }) => name.startsWith(DATA) && /\bportalRoute\b/.test(text))
    .map(({ name, text }) => [name.slice(DATA.length).replace(/\/route\.ts$/, ""), text]),
);
const folderOf = (path: string) => path.replace(/\{(\w+)\}/g, "[$1]");

it("each route below data/ is typed by the endpoint of its own path", () => {
  expect(routes.size).toBeGreaterThan(10);
  const own = [...routes].map(([folder, text]) => {
    const [, name = ""] = /portalRoute\(\s*endpoints\.(\w+)/.exec(text) ?? [];
    return [folder, folderOf(endpoints[name as keyof typeof endpoints]?.path ?? "none")];
  });
  expect(own.filter(([folder, path]) => folder !== path)).toEqual([]);
});

it("each endpoint has a route", () => {
  expect(Object.values(endpoints).filter(({ path }) => !routes.has(folderOf(path)))).toEqual([]);
});

it("each query key belongs to one kind of response", () => {
  const names = Object.values(endpoints).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
