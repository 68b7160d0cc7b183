export const BALANCE_KEY = ["balance"] as const;
/** What changes with every call. */
export const MOVING_KEYS = [["transactions"], ["usage"], ["events"], ["keys"], ["grants"]] as const;
