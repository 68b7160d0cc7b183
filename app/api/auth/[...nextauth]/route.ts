import { handlers } from "@/lib/adapters/portal/oauth";

export const { GET, POST } = handlers;
