import { TollgateError } from "@/lib/kernel/errors";

export const noSuchMember = () => new TollgateError("not_found", "There is no such member.");
