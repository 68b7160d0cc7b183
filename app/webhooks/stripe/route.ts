/** The API where plain Next serves it; the one-port server answers this path before Next sees it. */
import { apiFetch } from "@/lib/adapters/http/app";

const answer = async (request: Request): Promise<Response> => apiFetch(request);

export { answer as POST };
