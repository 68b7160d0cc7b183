/** Every text of the portal, by namespace: one file each. Another language is another folder with the same files. */
import common from "./en/common.json";
import ledger from "./en/ledger.json";
import shell from "./en/shell.json";
import signIn from "./en/sign-in.json";
import ui from "./en/ui.json";

export const english = { common, ledger, shell, signIn, ui };
