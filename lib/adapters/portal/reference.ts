import "../http/app";
import { makeDocument } from "../openapi/document";
import { makeReference, type Reference } from "../openapi/reference";

let made: Reference | undefined;

/** The contract as the portal shows it; made once, because routes are defined when the program starts. */
export function portalReference(): Reference {
  made ??= makeReference(makeDocument());
  return made;
}
