/**
 * What the browser runs before anything of a page. Without this each schema would first try whether it may make code
 * from text: the page's policy refuses that, and a refusal that is expected would hide one that is not. It is said where
 * zod looks for it, not by importing zod, which most pages do without.
 */
const place = globalThis as { __zod_globalConfig?: { jitless?: boolean } };

place.__zod_globalConfig = { ...place.__zod_globalConfig, jitless: true };
