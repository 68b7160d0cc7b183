/** Which of the two engines a path belongs to. It stands alone, so that asking does not load the API. */
const EXACT = new Set(["/openapi.json", "/docs", "/healthz", "/readyz", "/metrics"]);
const FOLDERS = ["/v1", "/docs", "/api/user", "/api/billing", "/webhooks"];

/** Whether the API answers this path, not the portal. For a path with a double slash, the API answers 404. */
export function isApiPath(path: string): boolean {
  if (EXACT.has(path) || path.startsWith("//")) return true;
  return FOLDERS.some(
    (folder) => path.startsWith(folder) && (path.length === folder.length || path[folder.length] === "/"),
  );
}
