/** Places of agents and workspaces, of which a plan may allow only so many. */
import { z } from "zod";

export const PLACE_TAGS = ["agent", "workspace"] as const;
export type PlaceTag = (typeof PLACE_TAGS)[number];

export const placeSchema = z.strictObject({ tag: z.enum(PLACE_TAGS), value: z.string().min(1).max(200) });
export type Place = z.infer<typeof placeSchema>;

/** `most` is how many the plan allows; null is any number. */
export type Places = { tag: PlaceTag; most: number | null; values: { value: string; since: string }[] };
