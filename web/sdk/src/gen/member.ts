// Made by scripts/generate.mjs from member.json. Do not edit.

export interface AssistantUse {
  /** Of UTC */
  day: string
  /** The note */
  note: string
  /** How often a note was read in full */
  opens: number
  /** mcp; mcp.public for what needs no licence; mcp.search for what searches showed of its text */
  surface: string
  /** Read last; 0 of what searches showed */
  version: number
  /** That were given out */
  words: number
}

export interface BoughtNote {
  /** In the smallest unit of the currency */
  amount: number
  /** Three letters, such as usd */
  currency: string
  /** Id of its bill */
  invoice?: string
  /** The note */
  note: string
  /** It can be read */
  open: boolean
  /** When it was paid */
  paid_at: string
  /** When it was paid back */
  refunded_at?: string
  /** Absent while the note is not published */
  slug?: string
  /** The title */
  title: string
}

export interface CancelInputBody {
  /** What was said, in the person's own words */
  comment?: string
  /** Why, as a word to rely on or in a person's words */
  reason?: "price" | "time" | "topics" | "quality" | "elsewhere" | "service" | "once" | "other"
}

export interface ChangeEmailInputBody {
  /** The e-mail address */
  email: string
}

export interface ChangeInputBody {
  /** Of the preview */
  due: number
  /** Absent keeps it */
  interval?: "month" | "year"
  /** Slug; absent keeps it */
  plan?: string
  /** Of the preview */
  proration_date: string
  /** Absent keeps it */
  quantity?: number
}

export interface ChangeMeInputBody {
  /** The kinds of mail the member wants, all of them; those left out are declined. Letters that an account cannot do without are sent in any case */
  mails?: ("receipts" | "reminders")[]
  /** The name, as people read it */
  name?: string
  /** Where the member works */
  organization?: string
}

export interface Charge {
  /** In the smallest unit of the currency */
  amount: number
  /** When it was */
  at: string
  /** Three letters, such as usd */
  currency: string
  /** From the list price: discounts and tax may change it */
  estimated: boolean
}

export interface CheckoutInputBody {
  /** Absent is the publication's first */
  currency?: string
  /** once is paid one time, for a term of months */
  interval: "month" | "year" | "once"
  /** With once; absent is the shortest term */
  months?: number
  /** A code */
  offer?: string
  /** Slug */
  plan: string
  /** Of a plan sold by the seat; absent is the fewest */
  quantity?: number
  /** Absent is the portal's account page */
  return_to?: string
}

export interface CheckoutOutputBody {
  /** The payment page. It is for this buyer alone */
  url: string
}

export interface Choice {
  /** For one, in the smallest unit */
  amount: number
  /** Three letters, such as usd */
  currency: string
  /** What holds now */
  current: boolean
  /** How often it is paid: month or year */
  interval: string
  /** Slug */
  plan: string
  /** The name of the plan */
  plan_name: string
}

export interface ChoicesOutputBody {
  /** What may be chosen */
  choices: Choice[]
}

export interface DeletionInputBody {
  /** When they end; absent is now: with the account */
  subscriptions?: "now" | "period_end"
}

export interface DeletionOutputBody {
  /** When the account goes */
  deletes_at: string
}

export interface Dispute {
  /** In the smallest unit of the currency */
  amount: number
  /** Three letters, such as usd */
  currency: string
  /** When it was made */
  made_at: string
  /** How it stands */
  status: string
}

export interface Entered {
  /** Send it as Authorization: Bearer, here and to the Content API. Absent in mode cookie */
  access_token?: string
  /** When the session ends unless it is used: it moves on with each exchange */
  expires_at: string
  /** Seconds until the access token ends; 401 token_expired says so, too */
  expires_in?: number
  /** How the session is carried */
  mode: "tokens" | "cookie"
  /** The account was made by this sign-in */
  new: boolean
  /** Good for one exchange. Absent in mode cookie */
  refresh_token?: string
  /** Its id among the member's sessions */
  session: string
  /** Absent in mode cookie */
  token_type?: "Bearer"
}

export interface ExchangeCodeInputBody {
  /** The six digits; spaces and hyphens do not count */
  code: string
  /** tokens when it is left out */
  mode?: "tokens" | "cookie"
  /** As start-sign-in answered it */
  request: string
}

export interface ExchangeLinkInputBody {
  /** As the link brought it to return_to */
  code: string
  /** 43 to 128 characters that the browser made up before it asked, and told nobody */
  code_verifier: string
  /** tokens when it is left out */
  mode?: "tokens" | "cookie"
}

export interface FeedOutputBody {
  /** The address of the Atom feed */
  atom: string
  /** The address of the JSON feed */
  json: string
  /** The address of the RSS feed */
  rss: string
}

export interface Field {
  /** A stable word for it */
  code: string
  /** A sentence for people */
  detail: string
  /** Where in the request it stands, as a JSON pointer or a parameter's name */
  pointer: string
}

export interface Folder {
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** The notes */
  notes: number
}

export interface Followed {
  /** Its id, for good */
  id: string
  /** What sort it is */
  kind: "topic" | "author" | "series"
  /** Since when */
  since: string
  /** The name in addresses */
  slug?: string
}

export interface FollowsOutputBody {
  /** What is followed */
  follows: Followed[]
}

export interface HistoryOutputBody {
  /** Cursor of the next page */
  next?: string
  /** The notes that were read, last opened first */
  read: ReadNote[]
}

export interface Invoice {
  /** When it was billed */
  billed_at: string
  /** Three letters, such as usd */
  currency: string
  /** Of a bill that is sent: pay it by then */
  due_at?: string
  /** Its id, for good */
  id: string
  /** Its number */
  number: string
  /** What was paid */
  paid: number
  /** When it was paid */
  paid_at?: string
  /** The address of the PDF */
  pdf_url?: string
  /** The receipt at Stripe */
  receipt_url?: string
  /** What was paid back */
  refunded: number
  /** What is still to be paid */
  remaining: number
  /** How it stands */
  status: "open" | "paid" | "uncollectible" | "void"
  /** Before taxes */
  subtotal: number
  /** Taxes */
  tax: number
  /** All together */
  total: number
  /** Where it can be read and paid */
  url?: string
}

export interface InvoicesOutputBody {
  /** The bills, newest first */
  invoices: Invoice[]
  /** Give it as cursor for the next page; empty on the last */
  next?: string
}

export interface Kept {
  /** PDF copies of notes that were given out */
  copies: KeptCopy[]
  /** Payments that a bank took back */
  disputes: Dispute[]
  /** The bills, newest first */
  invoices: Invoice[]
  /** What was saved, read, followed and shared */
  library: KeptLibrary
  /** Bought one by one */
  notes: BoughtNote[]
  /** What was ordered by invoice */
  orders: Order[]
  /** Devices that sign in by themselves */
  passkeys: KeptKey[]
  /** Presents */
  presents: Present[]
  /** What is known of the member */
  profile: Profile
  /** Personal tokens, by which programs read in the member's place */
  programs: Token[]
  /** What they read, by day and note */
  read_by_programs: AssistantUse[]
  /** Paid notes read for free, as far as they are kept */
  reads: KeptRead[]
  /** What was paid back */
  refunds: Refund[]
  /** Where somebody is signed in */
  sessions: Session[]
  /** The subscriptions, newest first */
  subscriptions: Subscription[]
  /** Access from one date to another */
  terms: KeptTerm[]
}

export interface KeptCopy {
  /** When it was */
  at: string
  /** The note */
  note: string
  /** a4 or letter */
  paper: string
  /** The number printed on the copy */
  serial: string
  /** The version; it grows with each change */
  version: number
}

export interface KeptKey {
  /** When it was added */
  added_at: string
  /** When it was used last */
  last_used_at?: string
  /** The name, as people read it */
  name: string
}

export interface KeptLibrary {
  /** When the secret address of the own feed was made */
  feed_since?: string
  /** The folders */
  folders: Folder[]
  /** What is followed */
  follows: Followed[]
  /** The notes that were read, last opened first */
  read: ReadNote[]
  /** Whether what is read is remembered */
  remembers: boolean
  /** The saved notes */
  saved: SavedNote[]
  /** The shared links */
  shares: SharedNote[]
  /** The day of the visit before this one */
  visited_before_on?: string
  /** The last day the member was here */
  visited_on?: string
}

export interface KeptRead {
  /** When it was */
  at: string
  /** The note */
  note: string
}

export interface KeptTerm {
  /** Where it begins */
  from: string
  /** Absent: every plan */
  plan?: string
  /** Where it comes from */
  source: string
  /** Until when */
  until: string
}

export interface MadeTokenOutputBody {
  /** Shown once; send it as a bearer token */
  secret: string
  /** The token from the mail's link */
  token: Token
}

export interface MakeTokenInputBody {
  /** Absent: never by itself */
  expires_at?: string
  /** For the member, to know it again */
  name: string
  /** What it is for */
  scopes: ("mcp" | "content.read")[]
}

export interface MeOutputBody {
  /** When the account goes, as the member asked */
  deletes_at?: string
  /** The e-mail address */
  email: string
  /** Its id, for good */
  id: string
  /** Kinds of mail that the member wants */
  mails: ("receipts" | "reminders")[]
  /** The name, as people read it */
  name: string
  /** Asked for, and not confirmed yet */
  new_email?: string
  /** Where the member works */
  organization: string
  /** Slugs of the plans that are open now */
  plans: string[]
}

export interface NoteCheckoutInputBody {
  /** Absent is the note's page on the portal */
  return_to?: string
}

export interface OfferOutputBody {
  /** The offer; absent when there is none */
  offer?: RetentionOffer
}

export interface Order {
  /** For all of it, in the smallest unit */
  amount: number
  /** Three letters, such as usd */
  currency: string
  /** The moment itself is outside */
  ends_at: string
  /** The number of the bill, as Stripe gave it */
  invoice_number?: string
  /** Its number */
  number: number
  /** It opens now */
  open: boolean
  /** Not paid yet: it opens until then only */
  open_until?: string
  /** How it is paid */
  pay_by?: string
  /** Where the bill can be paid, while it can */
  pay_url?: string
  /** Slug; empty is every plan */
  plan: string
  /** The name of the plan */
  plan_name: string
  /** The buyer's own order number */
  po_number: string
  /** How many may read */
  seats: number
  /** When it begins */
  starts_at: string
  /** As of now; accepted waits for its bill, invoiced for its payment */
  state: "accepted" | "invoiced" | "overdue" | "paid"
}

export interface PauseInputBody {
  /** How many months */
  months: number
}

export interface PortalInputBody {
  /** A path of the portal to come back to, or an address that the content key allows, or one at a front end that the configuration names; absent is the account page */
  return_path?: string
}

export interface PortalOutputBody {
  /** Its address */
  url: string
}

export interface Present {
  /** When it is delivered */
  deliver_at: string
  /** The member gave it; otherwise they redeemed it */
  given: boolean
  /** How many months */
  months: number
  /** Of whom it is for, or from */
  name?: string
  /** Slug */
  plan: string
  /** When it was redeemed */
  redeemed_at?: string
  /** paid: it waits for its day; expired: nobody redeemed it in time; revoked: it was paid back */
  state: "paid" | "delivered" | "expired" | "redeemed" | "revoked"
}

export interface Preview {
  /** Left over for the next bills */
  credit: number
  /** Three letters, such as usd */
  currency: string
  /** Charged now. Send it back with the change */
  due: number
  /** How often it is paid: month or year */
  interval: string
  /** The lines */
  lines: PreviewLine[]
  /** At the list price, before credit and tax */
  next_amount: number
  /** When it comes next */
  next_at: string
  /** Slug of the plan */
  plan: string
  /** Send it back with the change */
  proration_date: string
  /** How many seats */
  quantity: number
  /** There is nothing to change */
  same: boolean
  /** Taxes */
  tax: number
}

export interface PreviewLine {
  /** In the smallest unit of the currency */
  amount: number
  /** The text, without markup */
  text: string
}

export interface Problem {
  /** What may be meant, with ambiguous_time: both moments */
  choices?: string[]
  /** What went wrong, stable */
  code: string
  /** The ETag that is there now, with stale_version */
  current?: string
  /** A sentence for people */
  detail: string
  /** The broken rules of the input */
  errors?: Field[]
  /** Name this when you write to us */
  request_id?: string
  /** The HTTP status */
  status: number
  /** The status in words */
  title: string
  /** The page that explains the code */
  type: string
}

export interface Profile {
  /** Kinds of mails that the member does not want */
  declined_mails: string[]
  /** When the account goes */
  deletes_at?: string
  /** The e-mail address */
  email: string
  /** When the address was proved */
  email_verified_at?: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** Asked for, and not confirmed yet */
  new_email?: string
  /** Where the member works */
  organization: string
  /** When the password was set */
  password_set_at?: string
  /** When the account was made */
  registered_at: string
}

export interface PurchasesOutputBody {
  /** The notes */
  notes: BoughtNote[]
  /** Presents */
  presents: Present[]
}

export interface ReadNote {
  /** When it was opened first */
  first_at: string
  /** When it was opened last */
  last_at: string
  /** The note */
  note: string
  /** Where they stopped, counted from 1 */
  paragraph?: number
  /** How far they came */
  percent: number
  /** Absent when the note was withdrawn */
  slug?: string
  /** The title */
  title?: string
  /** That was opened last */
  version: number
}

export interface RefreshInputBody {
  /** The newest one */
  refresh_token: string
}

export interface Refund {
  /** In the smallest unit of the currency */
  amount: number
  /** Three letters, such as usd */
  currency: string
  /** When it was made */
  made_at: string
  /** How it stands */
  status: string
}

export interface RefundsOutputBody {
  /** Payments that a bank took back */
  disputes: Dispute[]
  /** What was paid back */
  refunds: Refund[]
}

export interface RetentionOffer {
  /** In the smallest unit of the currency */
  amount?: number
  /** The code of the offer */
  code: string
  /** Three letters, such as usd */
  currency?: string
  /** A few words about it */
  description: string
  /** For how long the offer holds */
  duration?: "once" | "repeating" | "forever"
  /** What the offer gives */
  gift: "percent" | "amount" | "trial"
  /** How many months */
  months?: number
  /** The name, as people read it */
  name: string
  /** Percent off */
  percent?: number
  /** Days before the first payment */
  trial_days?: number
}

export interface RevokeInputBody {
  /** Any one of the session, also one that was exchanged */
  refresh_token: string
}

export interface SavedNote {
  /** The public summary */
  abstract?: string
  /** The folder; absent is none */
  folder?: string
  /** The note */
  note: string
  /** When it was saved */
  saved_at: string
  /** Absent when the note was withdrawn */
  slug?: string
  /** The title */
  title?: string
}

export interface SavedOutputBody {
  /** The folders */
  folders: Folder[]
  /** Cursor of the next page */
  next?: string
  /** The saved notes */
  saved: SavedNote[]
}

export interface Session {
  /** When it was made */
  created_at: string
  /** Browser and system, as far as they can be told */
  device: string
  /** Moves on while it is used */
  expires_at: string
  /** Its id, for good */
  id: string
  /** To a quarter of an hour */
  last_used_at: string
  /** Where it began: the first part of the address, which is all that is kept */
  network?: string
  /** Where it began, such as portal or member-api */
  surface: string
  /** The one that asks */
  this: boolean
}

export interface SessionsOutputBody {
  /** Where somebody is signed in */
  sessions: Session[]
}

export interface ShareOpening {
  /** When it was */
  at: string
  /** Roughly from where */
  network?: string
}

export interface ShareOutputBody {
  /** Until when it is good */
  expires_at: string
  /** Its id, for good */
  id: string
  /** Id of the link */
  link: string
  /** In how many browsers it may be opened */
  most: number
}

export interface SharedNote {
  /** Until when it is good */
  expires_at: string
  /** Its id, for good */
  id: string
  /** When it was made */
  made_at: string
  /** In how many browsers it may be opened */
  most: number
  /** The note */
  note: string
  /** Who opened it */
  openings: ShareOpening[]
  /** When it was taken back */
  revoked_at?: string
}

export interface SharesOutputBody {
  /** How many notes may still be shared this month */
  left: number
  /** The shared links */
  shares: SharedNote[]
}

export interface StartInputBody {
  /** With return_to: the SHA-256 of the code verifier, in base64url without padding */
  code_challenge?: string
  /** S256 is the only one there is, and meant when it is left out */
  code_challenge_method?: "S256"
  /** Where the mail goes */
  email: string
  /** Used when the account is new */
  name?: string
  /** Whereto the link leads back; one of the return_addresses of the content key, or below one that ends in a slash */
  return_to?: string
  /** Handed back as it is. Make it random, keep it in the browser that asks, and refuse a return that brings another */
  state?: string
}

export interface StartOutputBody {
  /** Of the link and of the six digits */
  expires_at: string
  /** Keep it in the browser that asks and send it with the six digits: they work with nothing else */
  request: string
}

export interface Subscription {
  /** For one, in the smallest unit */
  amount: number
  /** Brand and last four digits */
  card?: string
  /** The first moment the card is no longer good */
  card_expires_at?: string
  /** Three letters, such as usd */
  currency: string
  /** When the paid time ends */
  current_period_end?: string
  /** It is cancelled and runs out */
  ending: boolean
  /** When it stops, or stopped, being open */
  ends_at?: string
  /** Its id, for good */
  id: string
  /** How often it is paid: month or year */
  interval: string
  /** Whether plan, period or seats may be changed now */
  may_change: boolean
  /** Whether payments may be paused now */
  may_pause: boolean
  /** Absent when nothing more is charged */
  next_charge?: Charge
  /** It runs: there is something to cancel */
  open: boolean
  /** Until when payments are paused */
  paused_until?: string
  /** Nothing is charged meanwhile; access goes on */
  payments_paused: boolean
  /** Slug */
  plan: string
  /** The name of the plan */
  plan_name: string
  /** How many seats */
  quantity: number
  /** As Stripe names it */
  status: string
  /** What is wrong with the payment; absent when nothing is */
  trouble?: Trouble
}

export interface SubscriptionsOutputBody {
  /** What was ordered by invoice, the newest first */
  orders: Order[]
  /** The subscriptions, newest first */
  subscriptions: Subscription[]
}

export interface TakeOfferInputBody {
  /** The code of the offer */
  code: string
}

export interface Token {
  /** When it was made */
  created_at: string
  /** Absent: never by itself */
  expires_at?: string
  /** Its id, for good */
  id: string
  /** To a quarter of an hour; absent when it was not used yet */
  last_used_at?: string
  /** The name, as people read it */
  name: string
  /** How it begins, to recognise it by */
  prefix: string
  /** mcp: assistants, at /mcp; content.read: the Content API */
  scopes: ("mcp" | "content.read")[]
}

export interface TokenPair {
  /** Send it as Authorization: Bearer, here and to the Content API. Absent in mode cookie */
  access_token?: string
  /** When the session ends unless it is used: it moves on with each exchange */
  expires_at: string
  /** Seconds until the access token ends; 401 token_expired says so, too */
  expires_in?: number
  /** How the session is carried */
  mode: "tokens" | "cookie"
  /** Good for one exchange. Absent in mode cookie */
  refresh_token?: string
  /** Its id among the member's sessions */
  session: string
  /** Absent in mode cookie */
  token_type?: "Bearer"
}

export interface TokensOutputBody {
  /** The tokens, newest first */
  tokens: Token[]
}

export interface Trouble {
  /** Until when reading goes on */
  access_until?: string
  /** Three letters, such as usd */
  currency: string
  /** What has to be paid */
  due: number
  /** What sort it is */
  kind: "payment_failed" | "payment_pending" | "method_missing"
  /** Where the bill can be paid */
  pay_url?: string
}

export interface Visit {
  /** Id of the present that was bought */
  gift?: string
  /** Id of the note that was bought */
  note?: string
  /** Slug of the plan that was bought */
  plan?: string
  /** active: what was bought is open; processing: the payment, such as a bank debit, takes days; failed: it did not arrive; open: nothing was paid, and url is where it can be; expired: the page was closed unpaid; closed: it was bought and is not open any more */
  state: "active" | "processing" | "failed" | "open" | "expired" | "closed"
  /** When what was paid once ends */
  until?: string
  /** The payment page, while it is open */
  url?: string
}

export interface Wanted {
  /** Absent keeps it */
  interval?: "month" | "year"
  /** Slug; absent keeps it */
  plan?: string
  /** Absent keeps it */
  quantity?: number
}

/** Every operation, by method and path. */
export interface Operations {
  /** Open the payment page for a plan */
  'POST /checkout': { body: CheckoutInputBody; answer: CheckoutOutputBody }
  /** What became of a visit to the payment page */
  'GET /checkout/{session}': { path: { session: string }; answer: Visit }
  /** End the address of the own feed */
  'DELETE /feed': { answer: undefined }
  /** Make a secret address for a feed of one's own */
  'POST /feed': { answer: FeedOutputBody }
  /** What the member follows */
  'GET /follows': { answer: FollowsOutputBody }
  /** Follow it no longer */
  'DELETE /follows/{kind}/{slug}': { path: { kind: "topic" | "author" | "series"; slug: string }; answer: undefined }
  /** Follow a topic, an author or a series */
  'PUT /follows/{kind}/{slug}': { path: { kind: "topic" | "author" | "series"; slug: string }; answer: undefined }
  /** Forget all that was read */
  'DELETE /history': { answer: undefined }
  /** Notes opened in full */
  'GET /history': { query?: { cursor?: string; limit?: number }; answer: HistoryOutputBody }
  /** The member's bills */
  'GET /invoices': { query?: { cursor?: string }; answer: InvoicesOutputBody }
  /** Who is signed in, and what they may read */
  'GET /me': { answer: MeOutputBody }
  /** Change the member's name, organization and mails */
  'PATCH /me': { body: ChangeMeInputBody; answer: MeOutputBody }
  /** Everything that is kept of the member */
  'GET /me/data': { answer: Kept }
  /** Keep the account after all */
  'DELETE /me/deletion': { answer: undefined }
  /** Ask for the account to be deleted */
  'POST /me/deletion': { body: DeletionInputBody; answer: DeletionOutputBody }
  /** Ask for another e-mail address */
  'POST /me/email': { body: ChangeEmailInputBody; answer: undefined }
  /** Open the payment page for one note */
  'POST /notes/{slug}/checkout': { path: { slug: string }; body: NoteCheckoutInputBody; answer: CheckoutOutputBody }
  /** Get a PDF copy of a note */
  'GET /notes/{slug}/copy': { path: { slug: string }; query?: { version?: number; paper?: "a4" | "letter" }; answer: Response }
  /** Share a note by a link */
  'POST /notes/{slug}/shares': { path: { slug: string }; answer: ShareOutputBody }
  /** Open Stripe's page for cards and addresses */
  'POST /portal-session': { body: PortalInputBody; answer: PortalOutputBody }
  /** Notes bought one by one, and presents given and redeemed */
  'GET /purchases': { answer: PurchasesOutputBody }
  /** Refunds and disputes of the member's payments */
  'GET /refunds': { answer: RefundsOutputBody }
  /** Notes saved for later */
  'GET /saved': { query?: { cursor?: string; limit?: number }; answer: SavedOutputBody }
  /** Save a note no longer */
  'DELETE /saved/{slug}': { path: { slug: string }; answer: undefined }
  /** Save a note, or move it into a folder */
  'PUT /saved/{slug}': { path: { slug: string }; query?: { folder?: string }; answer: undefined }
  /** Sign out here */
  'DELETE /session': { answer: undefined }
  /** Sign out everywhere, here too */
  'DELETE /sessions': { answer: undefined }
  /** Where the member is signed in */
  'GET /sessions': { answer: SessionsOutputBody }
  /** Sign out in one place */
  'DELETE /sessions/{id}': { path: { id: string }; answer: undefined }
  /** Notes the member shared, and who opened them */
  'GET /shares': { answer: SharesOutputBody }
  /** End a shared link */
  'DELETE /shares/{id}': { path: { id: string }; answer: undefined }
  /** Send a sign-in mail */
  'POST /sign-in': { body: StartInputBody; answer: StartOutputBody }
  /** Exchange the six digits of the mail for a session */
  'POST /sign-in/code': { body: ExchangeCodeInputBody; answer: Entered }
  /** Exchange the code of a link for a session */
  'POST /sign-in/link': { body: ExchangeLinkInputBody; answer: Entered }
  /** What the member holds and held */
  'GET /subscriptions': { answer: SubscriptionsOutputBody }
  /** Let it run out at the end of what is paid */
  'POST /subscriptions/{id}/cancel': { path: { id: string }; body: CancelInputBody; answer: Subscription }
  /** Change plan, period or seats */
  'POST /subscriptions/{id}/change': { path: { id: string }; body: ChangeInputBody; answer: Subscription }
  /** What a subscription may be changed to */
  'GET /subscriptions/{id}/choices': { path: { id: string }; answer: ChoicesOutputBody }
  /** Pause the payments */
  'POST /subscriptions/{id}/pause': { path: { id: string }; body: PauseInputBody; answer: Subscription }
  /** What a change would cost now */
  'POST /subscriptions/{id}/preview': { path: { id: string }; body: Wanted; answer: Preview }
  /** Let it go on */
  'POST /subscriptions/{id}/resume': { path: { id: string }; answer: Subscription }
  /** What would be offered to stay */
  'GET /subscriptions/{id}/retention-offer': { path: { id: string }; answer: OfferOutputBody }
  /** Take the offer and stay */
  'POST /subscriptions/{id}/retention-offer': { path: { id: string }; body: TakeOfferInputBody; answer: Subscription }
  /** The member's personal tokens */
  'GET /tokens': { answer: TokensOutputBody }
  /** Make a personal token */
  'POST /tokens': { body: MakeTokenInputBody; answer: MadeTokenOutputBody }
  /** Exchange a refresh token for the next tokens */
  'POST /tokens/refresh': { body: RefreshInputBody; answer: TokenPair }
  /** Sign out with a refresh token */
  'POST /tokens/revoke': { body: RevokeInputBody; answer: undefined }
  /** Revoke a personal token */
  'DELETE /tokens/{id}': { path: { id: string }; answer: undefined }
}
