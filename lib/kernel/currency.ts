/**
 * The currencies that Stripe charges, and how many decimal digits its amounts have: https://docs.stripe.com/currencies.
 * Not `Intl`: it follows CLDR, where COP, HUF, IDR, LBP and PKR have none, while Stripe charges them in hundredths.
 */
const CHARGED = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD
JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN
NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS
TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW`;
const WHOLE = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF";
/** Charged in hundredths, although there are none: every amount ends in 00. */
const WHOLE_IN_HUNDREDTHS = "ISK UGX";
/** Charged in thousandths of which the last is 0. */
const THOUSANDTHS = "BHD JOD KWD OMR TND";

/** `digits` of the smallest unit that is charged; an amount is a multiple of `step` of them. */
export type CurrencyFacts = { digits: number; step: number };

const table = new Map<string, CurrencyFacts>();
function enter(codes: string, facts: CurrencyFacts): void {
  for (const code of codes.split(/\s/)) table.set(code, facts);
}
enter(CHARGED, { digits: 2, step: 1 });
enter(WHOLE, { digits: 0, step: 1 });
enter(WHOLE_IN_HUNDREDTHS, { digits: 2, step: 100 });
enter(THOUSANDTHS, { digits: 3, step: 10 });

/** By ISO code in capitals; undefined for one that is not charged. */
export function chargedCurrency(code: string): CurrencyFacts | undefined {
  return table.get(code);
}

/** The same for a stored payment's code: a currency that is no longer charged had hundredths. */
export function currencyFacts(code: string): CurrencyFacts {
  return table.get(code) ?? { digits: 2, step: 1 };
}
