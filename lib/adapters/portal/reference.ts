import "../http/app";
import type { Catalogue } from "@/lib/catalogue/schema";
import { perObject } from "@/lib/platform/holders";
import { makeReference } from "../openapi/reference";

/** The contract as the portal shows it; made once for each catalogue. */
export const portalReference = perObject((catalogue: Catalogue) => makeReference(catalogue));
