/** Endpoints and models of this catalogue in words. Without a schema, so that the Overview needs none. */
import type { Facts } from "./facts";

/** By model, or by endpoint where all prices name the same model: one group would say nothing. */
export function usualGroup({ models }: Pick<Facts, "models">): "endpoint" | "model" {
  return models.length > 1 ? "model" : "endpoint";
}

/** "chat · gpt-4o"; the endpoint alone where all prices name the same model. */
export function callName({ models }: Pick<Facts, "models">, called: { endpoint: string; model: string }): string {
  const { endpoint, model } = called;
  return models.length === 1 && models[0] === model ? endpoint : `${endpoint} · ${model}`;
}
