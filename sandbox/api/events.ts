import { missing } from "../fault";
import { pageOf } from "../list";
import { filled, listed, paging } from "../params";
import { route } from "../route";

/** `charge.*` is every type below it. */
function isWanted(type: string, wanted: string): boolean {
  return wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

export const eventRoutes = [
  route(
    "GET",
    "/v1/events",
    { ...paging, type: filled.optional(), types: listed.optional() },
    ({ type, types, ...page }, { world }) => {
      const wanted = types ?? (type === undefined ? undefined : [type]);
      const events = world.store
        .all("event")
        .filter((event) => !wanted || wanted.some((one) => isWanted(event.type, one)));
      return pageOf(events, "/v1/events", page);
    },
  ),
  route("GET", "/v1/events/:id", {}, (_, { world, path }) => {
    const event = world.store.get("event", path.id ?? "");
    if (!event) throw missing("event", path.id ?? "");
    return event;
  }),
];
