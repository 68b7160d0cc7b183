/** `npm run admin -- place …`: places of agents and workspaces that a plan limits, by the operator's word. */
import { type Command, Option } from "commander";
import { freePlace, listPlaces } from "@/lib/accounts/index";
import { PLACE_TAGS, type Place } from "@/lib/accounts/schema";
import { Mistake } from "./output";
import type { Tools } from "./people";

type OrganizationOptions = { json?: boolean; organization: string };
const ORGANIZATION = ["--organization <id>", "org_… or its external id"] as const;

export function placeCommands(program: Command, { context, command, answer }: Tools): void {
  const place = program.command("place").description("places of agents and workspaces, which plans may limit");
  command(place, "list", "list taken places, the oldest first")
    .requiredOption(...ORGANIZATION)
    .action(async ({ json, organization }: OrganizationOptions) => {
      const { data } = await listPlaces(await context(organization));
      const lines = data.flatMap(({ tag, values }) => values.map(({ value, since }) => `${tag}  ${value}  ${since}`));
      answer(json, data, lines.length === 0 ? "No places are taken." : lines.join("\n"));
    });
  command(place, "free", "free a place")
    .requiredOption(...ORGANIZATION)
    .addOption(new Option("--tag <tag>", "the kind of place").choices(PLACE_TAGS).makeOptionMandatory())
    .requiredOption("--value <name>", "its name in calls")
    .action(async ({ json, organization, tag, value }: OrganizationOptions & Place) => {
      const { freed } = await freePlace(await context(organization), { tag, value });
      if (!freed) throw new Mistake(`${tag} ${value} has no place: see npm run admin -- place list.`);
      answer(json, { tag, value }, `the place of ${tag} ${value} is free`);
    });
}
