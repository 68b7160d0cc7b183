/** Every text of the portal, by namespace: one file each. Another language is another folder with the same files. */
import common from "./en/common.json";
import ledger from "./en/ledger.json";

export const english = { common, ledger };
