// Of next-intl only the part without React, which programs outside of Next can load.
import { createTranslator, type NamespaceKeys, type NestedKeyOf } from "use-intl/core";

/** The texts of one namespace of `messages/en`, for mails and responses that no page renders. */
export function translator<
  const Messages extends Record<string, unknown>,
  const Namespace extends NamespaceKeys<Messages, NestedKeyOf<Messages>>,
>(messages: Messages, namespace: Namespace) {
  return createTranslator<Messages, Namespace>({ locale: "en", messages, namespace });
}
