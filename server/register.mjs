/**
 * Next replaces `server-only` by nothing in its bundles; outside of them the package's own entry throws. The server
 * process is the server, so there it is nothing too. (`--conditions=react-server` would do it, and break Next.)
 */
import { register } from "node:module";

const empty = import.meta.resolve("server-only").replace(/index\.js$/, "empty.js");
const hooks = `export const resolve = (specifier, context, next) =>
  specifier === "server-only" ? { url: ${JSON.stringify(empty)}, shortCircuit: true } : next(specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
