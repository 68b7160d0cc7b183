import type { CatalogueFile } from "./file";
import type { Issue } from "./issues";
import { nearest } from "./refuse";

/** Every model, meter and tag of the advice that the catalogue does not have. */
export function hintIssues({ costHints, prices, meters, tags }: CatalogueFile): Issue[] {
  if (!costHints) return [];
  const issues: Issue[] = [];
  const models = prices.map(({ model }) => model);
  costHints.models.forEach(({ model }, index) => {
    if (models.includes(model)) return;
    const guess = nearest(model, models) ?? "a priced model";
    issues.push({ path: ["costHints", "models", index, "model"], message: `has no price; write ${guess}` });
  });
  const names = meters.map((meter) => meter.name);
  const checkMeter = (meter: string, path: (string | number)[]) => {
    if (names.includes(meter)) return;
    issues.push({ path: ["costHints", ...path], message: `is no meter; write ${nearest(meter, names) ?? names[0]}` });
  };
  costHints.promptMeters.forEach((meter, index) => {
    checkMeter(meter, ["promptMeters", index]);
  });
  checkMeter(costHints.answerMeter, ["answerMeter"]);
  const { fingerprintTag: tag } = costHints;
  if (tag !== undefined && !tags.logged.includes(tag)) {
    const message = `${tag} is not logged; add it to \`tags.logged\``;
    issues.push({ path: ["costHints", "fingerprintTag"], message });
  }
  return issues;
}
