/**
 * The catalogue: the operator's prices, plans, packs, levels and words, read from YAML and kept in versions. A price
 * is a list of components; a call's cost is their sum, each multiplied first and divided once, so that order never
 * matters and a quote at the most a call can use is its ceiling.
 */
export { insufficientCode, refusalBody } from "./dialect";
export { importPrices } from "./import";
export { printPrices } from "./import-print";
export { levelOf, whatBuys } from "./level";
export { currentCatalogue, liveOrNull, startCatalogue, stopCatalogue } from "./live";
export {
  type CatalogueSource,
  catalogueHash,
  checkCatalogue,
  parseCatalogue,
  presetNames,
  readCatalogue,
  readCatalogueText,
} from "./load";
export { planCatalogue } from "./plan";
export { pastLines, planPrice, priceCall, slots } from "./price";
export { priceList } from "./price-list";
export { priceSum } from "./price-sum";
export { impossibleErrors } from "./refusals";
export {
  type ApplyCatalogue,
  applyCatalogue,
  type CatalogueVersion,
  catalogueOfVersion,
  liveCatalogue,
  readLiveCatalogue,
} from "./store";
