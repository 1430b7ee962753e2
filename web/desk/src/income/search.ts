// The filters of the list of subscribers, as its address carries them.
export const subscriberFields = ['plan', 'status', 'interval', 'ending', 'since', 'until', 'q'] as const
export type SubscriberSearch = { [K in (typeof subscriberFields)[number]]?: string }
