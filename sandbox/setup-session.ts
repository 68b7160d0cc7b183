/** A Checkout Session in setup mode: a card is saved, nothing is charged. */
import type Stripe from "stripe";
import { complete, deskOf, methodFor, type Outcome, type Submitted, say, sessionPage, successUrl } from "./checkout";
import { cardFault, StripeFault } from "./fault";
import { confirmSetup, newSetup } from "./setup-intents";
import { idOf, type World } from "./world";

function intentOf(world: World, session: Stripe.Checkout.Session): Stripe.SetupIntent {
  const made = world.store.get("setup_intent", idOf(session.setup_intent) ?? "");
  if (made) return made;
  const { setup } = deskOf(world, session);
  const intent = newSetup(world, {
    customer: idOf(session.customer) ?? null,
    metadata: { ...setup.metadata },
    description: setup.description,
  });
  session.setup_intent = intent.id;
  world.store.put("checkout.session", session);
  return intent;
}

/** Called when any SetupIntent has succeeded. Only such a card is offered again at a checkout. */
export function completeSetUpSession(world: World, intent: Stripe.SetupIntent): void {
  const session = world.store.all("checkout.session").findLast((one) => one.setup_intent === intent.id);
  if (session?.status !== "open") return;
  const method = world.store.get("payment_method", idOf(intent.payment_method) ?? "");
  if (method) world.store.put("payment_method", Object.assign(method, { allow_redisplay: "always" }));
  complete(world, session, "no_payment_required");
}

export function saveCard(world: World, session: Stripe.Checkout.Session, submitted: Submitted): Outcome {
  const page = { to: sessionPage(world, session) };
  say(world, session, null);
  try {
    const method = methodFor(world, session, submitted);
    if ("message" in method) throw cardFault(method);
    const intent = intentOf(world, session);
    intent.payment_method = method.id;
    confirmSetup(world, intent, page.to);
    const { next_action } = intent;
    if (next_action?.redirect_to_url?.url) return { to: next_action.redirect_to_url.url };
    completeSetUpSession(world, intent);
    return { to: successUrl(session) };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    say(world, session, error.message);
    return page;
  }
}
