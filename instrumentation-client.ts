/**
 * What the browser runs before anything of a page. Without this each schema would first try whether it may make code
 * from text: the page's policy refuses that, and a refusal that is expected would hide one that is not.
 */
import { config } from "zod/v4/core";

config({ jitless: true });
