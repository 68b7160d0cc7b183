/** The kinds of stored objects: Stripe's own, in the SDK's types, and the stand-in's private facts beside them. */
import type Stripe from "stripe";
import type { Behavior } from "./test-cards";

/** A bank's facts of a card that Stripe does not show. */
export type BankCard = {
  id: string;
  behavior: Behavior;
  /** Authenticated for payments without the customer. */
  setUp: boolean;
  /** Charged without a customer: Stripe takes such a card once. */
  used: boolean;
};

/** The parameters of a Checkout Session that it does not show. */
export type Desk = {
  id: string;
  lines: Stripe.LineItem[];
  payment: {
    metadata: Record<string, string>;
    description: string | null;
    setup_future_usage: "off_session" | "on_session" | null;
  };
  setup: { metadata: Record<string, string>; description: string | null };
  subscription: { metadata: Record<string, string>; description: string | null };
  /** The last decline, shown at the form until the next try. */
  error: string | null;
  /** Whether the customer ticked that the card is to be kept. */
  keep: boolean;
};

/** The first answer to an idempotency key. */
export type SavedAnswer = {
  id: string;
  method: string;
  path: string;
  request: string;
  status: number;
  body: string;
  requestId: string;
  created: number;
};

export type Delivery = {
  id: string;
  event: string;
  attempts: number;
  dueMs: number;
  state: "waiting" | "held" | "given_up";
};

/** The stand-in itself: its keys, how far its clock was moved, and the origin under which its pages were last reached. */
export type Self = { id: "self"; key: string; secret: string; advanced: number; origin: string | null };

export type Kinds = {
  customer: Stripe.Customer;
  payment_method: Stripe.PaymentMethod;
  payment_intent: Stripe.PaymentIntent;
  setup_intent: Stripe.SetupIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  "checkout.session": Stripe.Checkout.Session;
  product: Stripe.Product;
  price: Stripe.Price;
  subscription: Stripe.Subscription;
  invoice: Stripe.Invoice;
  invoiceitem: Stripe.InvoiceItem;
  invoice_payment: Stripe.InvoicePayment;
  event: Stripe.Event;
  bank_card: BankCard;
  desk: Desk;
  answer: SavedAnswer;
  delivery: Delivery;
  self: Self;
};
export type Kind = keyof Kinds;
