/** Alerts: mails about a balance that becomes low, once for each crossing. */
export { raiseAlerts } from "./raise-alerts";
export { readAlerts } from "./read-alerts";
export { setAlerts } from "./set-alerts";
export { setOwnAlerts } from "./set-own-alerts";
