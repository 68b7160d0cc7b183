/** What next-intl asks for each request: the language, and its texts. English is the only complete one so far. */
import { getRequestConfig } from "next-intl/server";
import { english } from "./english";

export default getRequestConfig(() => Promise.resolve({ locale: "en", messages: english }));
