// Made by scripts/types.mjs from the OpenAPI document. Do not edit.

export interface AccentContrast {
  colour: string
  /** The accent by day */
  day: string
  /** It can be read everywhere, and the settings take it */
  good: boolean
  /** The nearest colour that can be read; the colour itself when it can */
  nearest: string
  /** The accent by night: lightened until it can be read */
  night: string
  /** Words on a button by day */
  on_day: string
  on_night: string
  readings: AccentReading[]
}

export interface AccentReading {
  back: string
  front: string
  good: boolean
  place: "link_day" | "panel_day" | "button_day" | "link_night" | "panel_night" | "button_night"
  /** Contrast to 1, rounded down; WCAG AA asks for 4.5 */
  ratio: number
}

export interface AcceptInputBody {
  name: string
  password: string
}

export interface AddPasskeyInputBody {
  /** PublicKeyCredential.toJSON() */
  credential: unknown
  name: string
  ticket: string
}

export interface AddedPasskeyBody {
  passkey: Passkey
  /** Each signs in once when app and key are lost. Shown once */
  recovery_codes?: string[]
}

export interface Anchor {
  /** In which block it began, counted from 0: a hint */
  block?: number
  prefix?: string
  quote: string
  suffix?: string
}

export interface ArrangeAttachmentsInputBody {
  /** All the note's files, in the new order */
  attachments: string[]
}

export interface ArrangeInputBody {
  /** In order; those left out leave the issue */
  notes: string[]
}

export interface AskPasskeyInputBody {
  /** Of a right password; left out, the passkey alone signs in */
  ticket?: string
}

export interface AskResetInputBody {
  email: string
}

export type AskedOutputBody = Record<string, unknown>

export interface Attachment {
  access: "note" | "public"
  bytes: number
  content_type: string
  created_at: string
  /** Where staff get it; readers get it at url */
  file: string
  filename: string
  id: string
  title: string
  /** Where readers get it once the note is published */
  url: string
}

export interface AttachmentsOutputBody {
  attachments: Attachment[]
}

export interface AuthorBody {
  bio: string
  name: string
  role: string
  slug: string
}

export interface AuthorInputBody {
  bio?: string
  name: string
  role?: string
}

export interface Band {
  /** On top, once */
  flat?: number
  /** For each seat, in the smallest unit */
  unit?: number
  /** Left out: without an end */
  up_to?: number
}

export interface BodyProblem {
  code: string
  line: number
  message: string
}

export interface BulkChange {
  /** A name of your own for an act that takes several requests, to take all of it back at once; made from the Idempotency-Key when absent */
  act?: string
  action: "add_topic" | "remove_topic" | "set_topics" | "add_author" | "remove_author" | "set_authors" | "set_series" | "set_kind" | "set_gate" | "archive" | "unarchive" | "publish" | "schedule" | "retract" | "submit"
  /** With schedule: local time of the publication, such as 2026-12-24T09:00 */
  at?: string
  /** With set_gate to plans */
  gate_plans?: string[]
  notes: SeenNote[]
  /** With schedule: for a time that the clocks show twice */
  offset?: string
  /** With retract, for readers; with submit, to the reviewers */
  reason?: string
  /** With submit; none asks everybody who may review */
  reviewers?: string[]
  /** Slug of the topic, of the author or of the series (empty for none), the kind, or the gate */
  value?: string
  /** With set_topics and set_authors: slugs, in the order shown; none takes all away */
  values?: string[]
}

export interface BulkOutputBody {
  act: string
  /** In the order asked for */
  results: BulkResult[]
  /** What was done can be taken back for a day, by whoever did it */
  reversible: boolean
}

export interface BulkResult {
  /** Of the fault, as the verb for one note gives it */
  code?: string
  detail?: string
  id: string
  outcome: "done" | "unchanged" | "refused"
  /** Of the note's draft, where it was read */
  title?: string
  /** Of the note now, unless it was refused */
  version?: number
}

export interface CalendarEntry {
  action: "publish" | "update" | "retract"
  /** On the clocks of the zone */
  at: string
  change?: "silent" | "minor" | "major"
  instant: string
  note: CalendarNote
  offset: string
  state: "scheduled" | "done"
}

export interface CalendarNote {
  id: string
  kind: string
  slug: string
  status: string
  /** As readers see it, or will */
  title: string
  /** For If-Match */
  version: number
}

export interface CalendarOutputBody {
  entries: CalendarEntry[]
  month: string
  /** There is more than the calendar shows */
  truncated?: boolean
  zone: string
}

export interface CapabilitiesOutputBody {
  capabilities: CapabilityText[]
}

export interface CapabilityText {
  group: string
  name: string
  sentence: string
}

export interface Catalogue {
  authors: AuthorBody[]
  issues: IssueBody[]
  series: LabelBody[]
  topics: LabelBody[]
}

export interface Ceremony {
  expires_at: string
  /** For PublicKeyCredential.parseRequestOptionsFromJSON or parseCreationOptionsFromJSON */
  public_key: unknown
  ticket: string
}

export interface ChangeLeadInputBody {
  done?: boolean
  read?: boolean
  remark?: string
}

export interface ChangeRedirectInputBody {
  from?: string
  permanent?: boolean
  to?: string
}

export interface ChangeRoleInputBody {
  capabilities?: string[]
  name?: string
}

export interface ChangeStaffInputBody {
  /** A disabled colleague is signed out and cannot sign in */
  disabled?: boolean
  name?: string
  /** The id of a role */
  role?: string
}

export interface ChangeTermInputBody {
  ends_at?: string
  /** The bill was paid: the term opens to its end */
  paid?: boolean
  reference?: string
  remark?: string
  starts_at?: string
  /** The version the change was made from; left out, nothing is checked */
  version?: number
}

export interface ChurnReason {
  count: number
  /** As the member chose */
  feedback: string
  /** As Stripe says: cancellation_requested, payment_failed, payment_disputed */
  reason: string
  /** Lost a month */
  value: number
}

export interface Comment {
  /** Of a thread: the passage it is about. Absent: the whole note */
  anchor?: Anchor
  at: string
  /** Plain text; empty once deleted */
  body: string
  by: Person
  deleted_at?: string
  edited_at?: string
  id: string
  /** Who was called, and told */
  mentions: Person[]
  /** Yours to change or delete */
  mine: boolean
  /** Of a thread, oldest first */
  replies: Reply[]
  resolved_at?: string
  resolved_by?: Person
  /** The first comment of the thread; its own id for that one */
  thread: string
  /** Also the ETag of the comment */
  version: number
}

export interface CommentInputBody {
  /** Left out: the whole note */
  anchor?: Anchor
  /** Plain text */
  body: string
  /** Staff users who are called in it; they are told */
  mentions?: string[]
}

export interface Comparison {
  /** Only those that differ */
  fields: FieldChange[]
  from: Revision
  /** HTML, block by block; words that differ stand in del and ins */
  rendered: Row[]
  source: Hunk[]
  to: Revision
}

export interface ConfirmInputBody {
  password: string
}

export interface ConfirmOutputBody {
  confirmed_until: string
}

export interface Contact {
  email?: string
  headline?: string
  lines?: string[]
  phone?: string
  text?: string
}

export interface ContactBlock {
  email?: string
  headline?: string
  lines?: string[]
  phone?: string
  text?: string
}

export interface CreateIssueInputBody {
  /** Id of a picture; empty for none */
  cover?: string
  cover_alt?: string
  /** Markdown */
  editorial?: string
  month?: string
  number?: number
  /** Slug */
  series: string
  title?: string
}

export interface CreateRedirectInputBody {
  from: string
  permanent: boolean
  to: string
}

export interface CreateRoleInputBody {
  capabilities: string[]
  name: string
}

export interface DatabaseHealth {
  engine: "sqlite" | "postgres"
  /** Number of the newest schema step */
  schema: number
  size_bytes: number
  version: string
}

export interface Decision {
  at: string
  by: Person
  decision: "approve" | "send_back"
  reason: string
  revision: number
}

export interface DeliveriesOutputBody {
  deliveries: WebhookDelivery[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface DescribeAttachmentInputBody {
  access: "note" | "public"
  title: string
}

export interface DescribeInputBody {
  /** What it shows, for those who do not see it. Texts that show it already keep what they say */
  alt: string
  caption: string
  /** For downloads; without it the name stays */
  filename?: string
}

export interface DrawInputBody {
  /** Markdown; at most 200,000 bytes */
  body: string
}

export interface Drawing {
  html: string
  minutes: number
  problems: BodyProblem[]
  words: number
}

export interface Drift {
  /** When Stripe changed the plan, or made the price */
  at: string
  currency?: string
  field: "name" | "description" | "active" | "price_active" | "price_amount" | "price_new"
  interval?: string
  ours: string
  stripes: string
}

export interface EndedOutputBody {
  ended: number
}

export interface EnterInputBody {
  /** Of the browser window; made by the client, the same as long as the note is open there */
  window: string
}

export interface Factors {
  passkeys: number
  recovery_codes_left: number
  totp: boolean
}

export interface FailingJob {
  /** Of the next try, or when it was given up */
  at: string
  attempt: number
  id: number
  kind: string
  max_attempts: number
  state: "retryable" | "discarded"
}

export interface Field {
  code: string
  detail: string
  pointer: string
}

export interface FieldChange {
  field: string
  from: string
  to: string
  words: Span[]
}

export interface Figures {
  from: string
  /** By currency; amounts in its smallest unit */
  money: Money[]
  /** The last month */
  to: string
  /** By the month in which they began */
  trials: Trials[]
}

export interface Finding {
  /** A repair puts it right */
  by_machine: boolean
  difference: "paid_without_access" | "access_without_payment" | "purchase_missed" | "purchase_paid_back" | "several_open" | "missing_there" | "unknown_price" | "plan_differed" | "amount_differed" | "bill_differed" | "customer_deleted" | "status_differed" | "missing_here" | "details_differed"
  /** What Stripe says */
  is: string
  member_id?: string
  repaired: boolean
  stripe_id: string
  /** What stood here */
  was: string
  /** For those that no machine puts right */
  what_to_do?: string
}

export interface Focus {
  /** Per cent of the width, from the left */
  x: number
  /** Per cent of the height, from the top */
  y: number
}

export interface FolderFields {
  name: string
  /** Id of the folder it lies in; nothing for the top */
  parent?: string
}

export interface FoldersOutputBody {
  /** All, by name */
  folders: MediaFolder[]
  /** Pictures in no folder */
  loose: number
}

export interface FoundCopy {
  at: string
  /** Without address and name once they have left */
  member: Member
  note_id: string
  /** As it is called today */
  note_title: string
  paper: "a4" | "letter"
  serial: string
  /** The number it is cited by */
  version: number
}

export interface Gift {
  /** Paid for it, in the smallest unit */
  amount: number
  /** The first four characters of the code */
  code_begins: string
  currency: string
  /** The day the buyer chose */
  deliver_at: string
  delivered_at?: string
  expires_at?: string
  giver_id: string
  giver_name: string
  id: string
  months: number
  paid_at?: string
  /** Slug */
  plan: string
  plan_name: string
  /** E-mail address */
  recipient: string
  recipient_name: string
  redeemed_at?: string
  /** Member */
  redeemed_by?: string
  /** When all of it was paid back, also where the owner lets it stay */
  refunded_at?: string
  /** As of now; paid waits for its day, expired was not redeemed in time, revoked was paid back */
  state: "paid" | "delivered" | "redeemed" | "expired" | "revoked"
}

export interface GiftsOutputBody {
  gifts: Gift[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface GiveInputBody {
  /** What was paid, in the smallest unit of the currency */
  amount?: number
  currency?: string
  /** The moment itself is outside */
  ends_at: string
  /** It opens at its start, and closes when the bill is overdue by the rules of sale; else it opens once it is paid */
  open_meanwhile?: boolean
  /** When the bill is due that was sent outside of Stripe; left out, nothing is owed */
  pay_by?: string
  /** Slug; left out, every plan */
  plan?: string
  /** Order number, bank transfer */
  reference?: string
  remark?: string
  seats?: number
  /** manual was paid outside of Stripe, such as by bank transfer */
  source: "manual" | "complimentary"
  /** Now, when left out */
  starts_at?: string
}

export interface Health {
  database: DatabaseHealth
  jobs: JobsHealth
  mail: MailHealth
  storage: StorageHealth
  stripe: StripeHealth
  /** Of the program */
  version: string
}

export interface HeldGrant {
  from?: string
  kind: string
  open: boolean
  plan?: string
  /** Of a subscription, as Stripe names it */
  standing?: string
  until?: string
}

export interface Hunk {
  from_line: number
  lines: Line[]
  to_line: number
}

export interface InReview {
  approved_by?: Person
  /** That revision still is the working one */
  current: boolean
  message: string
  /** None: whoever may review */
  reviewers: Person[]
  /** Number of the revision that was submitted or approved */
  revision: number
  state: "open" | "approved"
  submitted_at: string
  submitted_by: Person
}

export interface IncomeMonth {
  began: number
  /** Not above zero */
  churn: number
  /** Not above zero */
  contraction: number
  ended: number
  expansion: number
  /** How many began to pay, again or for the first time */
  joined: number
  /** How many stopped */
  left: number
  month: string
  new: number
  reactivation: number
  /** Who paid at the end of the month */
  subscribers: number
}

export interface Invitation {
  created_at: string
  /** For which each mail is good */
  days: number
  email: string
  expired: boolean
  expires_at: string
  id: string
  /** Name of a colleague */
  invited_by?: string
  /** The id of a role */
  role: string
  role_name: string
}

export interface InvitationsOutputBody {
  invitations: Invitation[]
}

export interface InviteInputBody {
  /** For which the link is good; 7 when left out */
  days?: 1 | 7 | 30
  email: string
  /** The id of a role */
  role: string
}

export interface Issue {
  /** Id of a picture; without one a cover is drawn */
  cover?: string
  cover_alt: string
  /** Markdown */
  editorial: string
  editorial_html: string
  /** It does not appear with its first note, but when it is published */
  held: boolean
  id: string
  label: string
  month: string
  /** In order; not in lists */
  notes?: IssueNote[]
  number?: number
  published_at?: string
  /** Slug */
  series: string
  series_name: string
  slug: string
  status: "draft" | "published"
  title: string
  url: string
  /** The number in the ETag */
  version: number
}

export interface IssueBody {
  /** Markdown */
  editorial: string
  label: string
  number?: number
  /** When it was published, or the first of its notes was */
  published_at?: string
  series: string
  slug: string
  title: string
}

export interface IssueFields {
  /** Id of a picture; empty for none */
  cover?: string
  cover_alt?: string
  /** Markdown */
  editorial?: string
  month?: string
  number?: number
  title?: string
}

export interface IssueInputBody {
  /** Markdown */
  editorial?: string
  number?: number
  title?: string
}

export interface IssueNote {
  changed: boolean
  id: string
  kind: string
  position: number
  slug: string
  status: string
  title: string
  version: number
}

export interface JobsHealth {
  /** Given up */
  failed: number
  /** The newest that failed; why stands in the log */
  failing: FailingJob[]
  oldest_queued_at?: string
  /** Due, and not begun */
  queued: number
  /** Failed, and tried again later */
  retrying: number
  running: number
  /** Due later */
  scheduled: number
}

export interface JournalEntry {
  actor_id?: string
  actor_kind: string
  actor_name: string
  at: string
  id: string
  payload: unknown
  request_id?: string
  subject: string
  subject_id: string
  verb: string
}

export interface JournalOutputBody {
  entries: JournalEntry[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface KeepViewInputBody {
  columns?: string[]
  density?: "comfortable" | "compact"
  filters?: Record<string, string>
  list: "notes" | "members" | "leads"
  name?: string
  reverse?: boolean
  shared?: boolean
  sort?: string
}

export interface Key {
  created_at: string
  expires_at?: string
  id: string
  /** To a quarter of an hour */
  last_used_at?: string
  name: string
  /** The beginning of the secret, to tell keys apart */
  prefix: string
  /** The key that took over; this one goes on until expires_at */
  replaced_by?: string
  revoked_at?: string
  scopes: string[]
}

export interface KeyInputBody {
  expires_at?: string
  name: string
  scopes: ("content.read" | "admin.read" | "admin.write")[]
}

export interface KeysOutputBody {
  keys: Key[]
}

export interface LabelBody {
  description: string
  name: string
  slug: string
}

export interface LabelInputBody {
  description?: string
  name: string
}

export interface LanguageChoice {
  /** In the language itself */
  name: string
  /** BCP 47 */
  tag: string
}

export interface Lead {
  company: string
  created_at: string
  /** Answered, or not worth an answer */
  done_at?: string
  email: string
  id: string
  /** access: somebody of a firm on the list asks to read a note */
  kind: "letter" | "access"
  /** When they were signed in */
  member_id?: string
  message: string
  name: string
  /** Where they wrote from */
  page: string
  read_at?: string
  /** Of the desk's own */
  remark: string
  subject: string
}

export interface LeadsOutputBody {
  leads: Lead[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface LegalPage {
  body: string
  slug: string
  title: string
}

export interface Line {
  from?: Span[]
  from_line?: number
  op: "same" | "del" | "add" | "change"
  to?: Span[]
  to_line?: number
}

export interface Link {
  label: string
  url: string
}

export interface ListIssuesOutputBody {
  issues: Issue[]
}

export interface ListNotesOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  notes: ListedNote[]
}

export interface ListRevisionsOutputBody {
  revisions: Revision[]
}

export interface ListedMember {
  created_at: string
  email: string
  id: string
  name: string
  /** Names of the plans that are open to them; an empty one is every plan */
  plans: string[]
  /** The best of what they hold; past_due: a renewal could not be paid yet */
  status: "paying" | "past_due" | "complimentary" | "lapsed" | "free"
  /** Has signed in at least once */
  verified: boolean
}

export interface ListedNote {
  authors: Ref[]
  /** The draft differs from what readers see */
  changed: boolean
  created_at: string
  gate: string
  id: string
  issue?: Ref
  kind: string
  /** Number of the version readers see, or last saw */
  live_version?: number
  /** Only in lists: who else has the note open */
  present?: Person[]
  published_at?: string
  /** Only while it is in review */
  review?: InReview
  /** What is to happen, by time */
  schedules: Schedule[]
  series?: Ref
  slug: string
  /** A note that readers see stays published while its changes are in review or scheduled */
  status: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived"
  title: string
  topics: Ref[]
  updated_at: string
  /** The number in the ETag */
  version: number
}

export interface MailHealth {
  failed: number
  last_failure?: string
  last_failure_at?: string
  last_sent_at?: string
  mode: "smtp" | "mailbox"
  sent: number
}

export interface MakePreviewInputBody {
  audience: "anonymous" | "free" | "plan" | "lapsed" | "full"
  /** In a week when left out; at most 90 days from now */
  expires_at?: string
  /** Whom it is for */
  label?: string
  /** Slug; with the audience plan */
  plan?: string
}

export interface Me {
  capabilities: string[]
  /** Until then the account's own security can be changed without the password */
  confirmed_until?: string
  email?: string
  /** Of a staff user */
  factors?: Factors
  id: string
  kind: "staff" | "api_key"
  /** The owner requires a second factor; add one before anything else */
  must_enrol?: boolean
  name: string
  /** The id of a role */
  role?: string
  role_name?: string
}

export interface MediaFile {
  attachment?: Attachment
  created_at: string
  created_by?: string
  id: string
  kind: "picture" | "pdf" | "sheet" | "data"
  /** That the file is attached to */
  note?: Place
  picture?: Picture
}

export interface MediaFolder {
  id: string
  name: string
  /** Absent at the top */
  parent?: string
  /** Directly in it */
  pictures: number
}

export interface MediaOutputBody {
  files: MediaFile[]
  next?: string
}

export interface Member {
  created_at: string
  email: string
  id: string
  name: string
  /** Has signed in at least once */
  verified: boolean
}

export interface MemberCancellation {
  comment: string
  created_at: string
  /** Empty when nothing was chosen */
  reason: string
  taken_back_at?: string
}

export interface MemberDetail {
  created_at: string
  /** Address and name are gone then */
  deleted_at?: string
  email: string
  id: string
  name: string
  /** As the member wrote it */
  organization: string
  /** How many devices sign in by themselves */
  passkeys: number
  /** The member has set one */
  password: boolean
  sessions: OpenSession[]
  /** Notes they shared by a link, at most the newest hundred */
  shared: number
  /** In how many browsers those were opened */
  shared_opened: number
  /** The account looked shared within a month */
  sharing?: SharingSign
  subscriptions: MemberSubscription[]
  /** Has signed in at least once */
  verified: boolean
}

export interface MemberInvoice {
  billed_at: string
  /** As it was billed */
  billed_email: string
  /** As it was billed */
  billed_name: string
  currency: string
  number: string
  pdf_url?: string
  refunded: number
  remaining: number
  status: "open" | "paid" | "uncollectible" | "void"
  tax: number
  total: number
  url?: string
}

export interface MemberLetter {
  closed_at?: string
  created_at: string
  kind: string
  state: "queued" | "sent" | "dropped"
}

export interface MemberMoney {
  cancellations: MemberCancellation[]
  disputes: MoneyBack[]
  /** The newest twelve */
  invoices: MemberInvoice[]
  letters: MemberLetter[]
  refunds: MoneyBack[]
}

export interface MemberSubscription {
  /** A payment failed; access goes on until then */
  grace_until?: string
  plan: string
  /** As Stripe names it */
  status: string
}

export interface MembersOutputBody {
  members: ListedMember[]
  next?: string
}

export interface Moment {
  at: string
  /** A letter that was not taken, or an event that could not be worked on yet */
  bad?: boolean
  /** Who did it */
  by?: string
  id: string
  /** Something in the journal, a letter to them, or a call of Stripe's */
  kind: "happened" | "letter" | "stripe"
  /** What the journal keeps of it */
  more?: unknown
  /** Why an event changed nothing */
  note?: string
  /** The journal's verb, the letter's category, or the event's type */
  what: string
}

export interface Money {
  /** Why subscribers left */
  churn: ChurnReason[]
  currency: string
  months: IncomeMonth[]
  /** MRR at this moment: the monthly value of every subscription that is active or past due */
  now: number
  /** What each plan brings at this moment */
  plans: PlanValue[]
  /** What was paid, by month and plan */
  revenue: Revenue[]
  /** From which pages they went to buy */
  sources: Source[]
}

export interface MoneyBack {
  amount: number
  /** Until when the bank waits for an answer */
  answer_by?: string
  currency: string
  made_at: string
  reason: string
  /** As Stripe names it */
  status: string
}

export interface MovedAnchor {
  /** In which block it began, counted from 0: a hint */
  block?: number
  prefix?: string
  quote: string
  suffix?: string
  thread: string
}

export interface MyPasswordInputBody {
  current_password: string
  new_password: string
}

export interface NameInputBody {
  name: string
}

export interface NewKey {
  created_at: string
  expires_at?: string
  id: string
  /** To a quarter of an hour */
  last_used_at?: string
  name: string
  /** The beginning of the secret, to tell keys apart */
  prefix: string
  /** The key that took over; this one goes on until expires_at */
  replaced_by?: string
  revoked_at?: string
  scopes: string[]
  /** Shown once and kept nowhere */
  secret: string
}

export interface NewOfferInputBody {
  /** In the smallest unit of the currency */
  amount?: number
  archived?: boolean
  /** 3 to 40 letters and digits; never used twice */
  code: string
  currency?: string
  description?: string
  duration?: "once" | "repeating" | "forever"
  ends_at?: string
  gift: "percent" | "amount" | "trial"
  kind: "signup" | "retention"
  /** Left out: no limit */
  max_redemptions?: number
  /** Of repeating */
  months?: number
  /** Invoices show it */
  name: string
  percent?: number
  /** Left out: every plan */
  plan?: string
  starts_at?: string
  trial_days?: number
}

export interface NewOrder {
  address?: string
  amount: number
  company: string
  currency: string
  days_until_due: number
  email: string
  months: number
  name?: string
  /** It opens at its start and closes when the bill is overdue by the rules of sale; else it opens once it is paid */
  open_unpaid?: boolean
  /** Slug; left out, every plan */
  plan?: string
  seats?: number
  /** Mail it at once */
  send?: boolean
  /** Left out: when it is accepted, or when what they have ends */
  starts_at?: string
  /** What it says of taxes */
  tax_words?: string
  valid_days: number
  /** To the buyer */
  words?: string
}

export interface NewPlanInputBody {
  archived?: boolean
  benefits?: string[]
  description?: string
  name: string
  position?: number
  prices: Price[]
  seats?: Seats
  /** Gates name the plan by it; it never changes */
  slug: string
  trial_days?: number
  /** The version the change was made from; left out, nothing is checked */
  version?: number
  visible?: boolean
}

export interface NewWebhook {
  created_at: string
  /** Patterns: *, note.*, note.published */
  events: string[]
  /** Since then nothing got through */
  failing_since?: string
  /** Notes come with their whole text, also from behind the paywall */
  full_text: boolean
  id: string
  /** When a call got through last */
  last_ok?: string
  name: string
  /** Until then the secret of before signs along */
  old_secret_until?: string
  /** Checks the signatures. Shown once */
  secret: string
  /** paused: by itself, since nothing got through */
  state: "on" | "off" | "paused"
  updated_at: string
  url: string
  /** The number in the ETag */
  version: number
  /** Of a pause */
  why?: string
}

export interface Note {
  abstract: string
  authors: Ref[]
  body: string
  /** The draft differs from what readers see */
  changed: boolean
  cover?: string
  cover_alt: string
  gate: string
  gate_plans: string[]
  has_paywall: boolean
  id: string
  issue?: Ref
  kind: string
  /** Number of the version readers see, or last saw */
  live_version?: number
  minutes: number
  position: number
  /** Only in lists: who else has the note open */
  present?: Person[]
  /** What the renderer found in this save */
  problems?: BodyProblem[]
  published_at?: string
  /** Why it was withdrawn, in words for readers */
  retraction?: string
  /** Only while it is in review */
  review?: InReview
  /** Number of the working revision */
  revision: number
  /** What is to happen, by time */
  schedules: Schedule[]
  seo_description: string
  seo_title: string
  series?: Ref
  slug: string
  /** A note that readers see stays published while its changes are in review or scheduled */
  status: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived"
  title: string
  topics: Ref[]
  updated_at: string
  /** Its page on the portal */
  url: string
  /** The number in the ETag */
  version: number
  words: number
}

export interface NoteFields {
  /** The public summary */
  abstract?: string
  /** Slugs, in the order shown */
  authors?: string[]
  /** The desk saves by itself: such saves of one person within five minutes are one revision */
  autosave?: boolean
  /** Markdown. A line <!-- paywall --> ends the public preview */
  body?: string
  /** Id of a picture; empty for none */
  cover?: string
  cover_alt?: string
  /** Who may read what stands below the paywall; paid when absent */
  gate?: "public" | "members" | "paid" | "plans"
  /** With the gate plans: slugs of the plans */
  gate_plans?: string[]
  /** Slug within the series, such as 2021-07 */
  issue?: string
  kind?: "newsletter" | "research-note" | "perspective" | "forecast" | "data"
  /** Order within the issue */
  position?: number
  seo_description?: string
  seo_title?: string
  /** Slug */
  series?: string
  /** Its address; made from the title when absent. A published note moves when the change is published, and the old address redirects */
  slug?: string
  /** Required in a new note */
  title?: string
  /** Slugs, in the order shown */
  topics?: string[]
  /** What this change is about; kept with the revision */
  why?: string
}

export interface NotePrice {
  /** In the smallest unit of the currency; 0: it is not sold on its own */
  amount: number
  currency: string
}

export interface NotePriceInputBody {
  amount: number
  currency?: string
}

export interface Notification {
  by: Person
  /** On the note: what was said or settled */
  comment?: string
  created_at: string
  id: string
  issue?: string
  /** review_requested, review_withdrawn, approved, sent_back, published, updated, retracted, schedule_failed, commented, comment_reply, mentioned, comment_resolved, comment_reopened */
  kind: string
  note?: string
  read_at?: string
  /** A message or reason, in somebody's words */
  text: string
  /** Of the note or issue */
  title: string
}

export interface NotificationsOutputBody {
  next?: string
  notifications: Notification[]
  /** How many were not read, in all */
  unread: number
}

export interface Offer {
  /** In the smallest unit of the currency */
  amount?: number
  archived?: boolean
  /** Its address is /offer/{code} */
  code: string
  created_at: string
  currency?: string
  description?: string
  duration?: "once" | "repeating" | "forever"
  ends_at?: string
  gift: "percent" | "amount" | "trial"
  /** By people who are at the payment page now */
  held: number
  kind: "signup" | "retention"
  /** Left out: no limit */
  max_redemptions?: number
  /** Stripe was told of this version */
  mirrored: boolean
  /** Of repeating */
  months?: number
  /** Invoices show it */
  name: string
  percent?: number
  /** The plan it is for; left out: every plan */
  plan?: string
  starts_at?: string
  state: "open" | "coming" | "over" | "used_up"
  /** How often it was taken up */
  taken: number
  trial_days?: number
  version: number
}

export interface OfferInputBody {
  archived?: boolean
  description?: string
  ends_at?: string
  /** Left out: no limit */
  max_redemptions?: number
  /** Invoices show it */
  name: string
  starts_at?: string
  /** The version the change was made from; left out, nothing is checked */
  version?: number
}

export interface OffersOutputBody {
  offers: Offer[]
}

export interface OpenSession {
  created_at: string
  /** The one that asks */
  current: boolean
  device: string
  expires_at: string
  id: string
  /** To a quarter of an hour */
  last_seen_at: string
  surface: string
}

export interface OpenedInvitation {
  email: string
  expires_at: string
  invited_by?: string
  publication: string
  role_name: string
}

export interface OpenedResetBody {
  email: string
  expires_at: string
}

export interface Order {
  accepted_at?: string
  /** Who accepted it, as typed */
  accepted_name: string
  /** Lines */
  address: string
  /** For all of it, in the smallest unit */
  amount: number
  closed_at?: string
  company: string
  created_at: string
  currency: string
  days_until_due: number
  due_at?: string
  email: string
  /** Of the quote */
  expires_at: string
  id: string
  invoice_number: string
  invoice_url: string
  /** Of the page on which it is accepted; while it can be */
  link?: string
  made_by: string
  /** Who may read; known once it is accepted */
  member_id?: string
  months: number
  name: string
  /** As people call it */
  number: number
  open_unpaid: boolean
  paid_at?: string
  pdf_url: string
  /** Slug; empty is every plan */
  plan: string
  plan_name: string
  po_number: string
  /** Code of what keeps the bill from being written */
  problem: string
  seats: number
  /** How often the quote was mailed */
  sent: number
  /** Left out: when it is accepted */
  starts_at?: string
  /** As of now; accepted waits for its bill, invoiced for its payment */
  state: "quoted" | "expired" | "accepted" | "invoiced" | "overdue" | "paid" | "void" | "declined"
  tax_id: string
  tax_words: string
  words: string
}

export interface OrdersOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  orders: Order[]
}

export interface Page {
  body: string
  html?: string
  slug: string
  title: string
}

export interface Passkey {
  created_at: string
  id: string
  last_used_at?: string
  name: string
}

export interface PasskeyInputBody {
  /** PublicKeyCredential.toJSON() */
  credential: unknown
  /** Of the options */
  ticket: string
}

export interface PasskeysOutputBody {
  passkeys: Passkey[]
}

export interface Person {
  /** Of a staff user; absent for keys, imports and the system */
  id?: string
  name: string
}

export interface Picture {
  alt: string
  bytes: number
  caption: string
  /** Cut for the cards that other sites show, around the focus */
  card: string
  content_type: string
  created_at: string
  /** Name of who uploaded it */
  created_by?: string
  /** How often its file was given */
  edition: number
  /** When this edition came */
  edition_at: string
  edition_by?: string
  filename: string
  focus: Focus
  /** Absent: in none */
  folder?: string
  height: number
  id: string
  /** This edition; what it names never changes */
  src: string
  /** Smaller prints of this edition */
  srcset?: string
  /** The picture can be used in every state; smaller widths follow */
  state: "processing" | "ready" | "failed"
  /** Use it in a note's Markdown: it shows the edition of the day */
  url: string
  width: number
}

export interface PictureBulk {
  action: "move" | "delete"
  /** With move: id of the folder, or nothing for none */
  folder?: string
  pictures: string[]
}

export interface PictureBulkOutputBody {
  /** In the order asked for */
  results: BulkResult[]
}

export interface PictureEdition {
  /** When it came */
  at: string
  by?: string
  bytes: number
  edition: number
  height: number
  src: string
  width: number
}

export interface PicturesOutputBody {
  next?: string
  pictures: Picture[]
}

export interface Place {
  /** In what is being worked on, where that is not what readers see */
  draft: boolean
  /** Of a note: other revisions that show it */
  earlier: number
  /** Of the note or issue */
  id?: string
  kind: "note" | "issue" | "publication"
  /** Readers see it there */
  live: boolean
  title: string
  /** Of a note: past versions that can be cited, newest first */
  versions: number[]
}

export interface Plan {
  archived: boolean
  benefits: string[]
  changed_at: string
  changed_by?: string
  description: string
  /** What somebody changed at Stripe since */
  drift: Drift[]
  /** When Stripe was last asked */
  looked_at?: string
  /** Stripe was told of this version */
  mirrored: boolean
  name: string
  position: number
  prices: Price[]
  seats: Seats
  slug: string
  trial_days: number
  version: number
  /** Listed on the page of plans; others are sold by their address */
  visible: boolean
}

export interface PlanBody {
  archived?: boolean
  benefits?: string[]
  description?: string
  name: string
  position?: number
  prices: Price[]
  seats?: Seats
  trial_days?: number
  /** The version the change was made from; left out, nothing is checked */
  version?: number
  visible?: boolean
}

export interface PlanOrderInputBody {
  /** Plans that are not named come after */
  slugs: string[]
}

export interface PlanValue {
  name: string
  plan: string
  subscribers: number
  /** A month */
  value: number
}

export interface PlansOutputBody {
  plans: Plan[]
}

export interface PolicyInputBody {
  end_on_dispute?: boolean
  end_on_refund?: boolean
  grace_days?: number
  pause_months?: number
  retention_years?: number
}

export interface PresenceOutputBody {
  /** Who else has the note open */
  people: Person[]
}

export interface PreviewLink {
  /** The kind of reader as whom the draft is seen */
  audience: "anonymous" | "free" | "plan" | "lapsed" | "full"
  created_at: string
  created_by: Person
  ended_at?: string
  expires_at: string
  id: string
  /** Whom it is for */
  label: string
  /** How often */
  opened: number
  /** Last */
  opened_at?: string
  plan?: string
  state: "open" | "expired" | "revoked" | "published" | "retracted" | "archived"
  /** Only in the answer that makes it; nobody can find it out afterwards */
  url?: string
}

export interface PreviewsOutputBody {
  links: PreviewLink[]
}

export interface Price {
  /** In the smallest unit of the currency; left out with bands */
  amount?: number
  /** Of a plan whose seats are bought by number */
  bands?: Band[]
  /** ISO 4217, small letters */
  currency: string
  interval: "month" | "year" | "once"
  /** How long a price that is paid once is good for */
  months?: number
  /** The band of the whole number prices all seats; otherwise each seat costs what its band says */
  volume?: boolean
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
}

export interface Profile {
  about?: string
  accent?: string
  benefits?: string[]
  contact?: Contact
  footer?: Link[]
  home?: string
  language?: string
  logo?: string
  logo_dark?: string
  name: string
  navigation?: Link[]
  notice?: string
  pages?: Page[]
  social?: Link[]
  tagline?: string
  time_zone?: string
  type?: string
}

export interface PublishInputBody {
  /** Date of a first publication that lies in the past, for notes that appeared elsewhere */
  at?: string
  /** Of an update; minor when left out */
  change?: "silent" | "minor" | "major"
  /** With major: what was wrong and what is right now, in plain text for readers */
  notice?: string
}

export interface Reading {
  at: string
  /** Who may read the note, as it is today */
  gate: string
  /** What they held at that moment */
  grants: HeldGrant[]
  level: "full" | "preview" | "denied"
  /** Those that open it, for the gate plans */
  plans: string[]
  reason: string
  /** The reason in plain words */
  sentence: string
}

export interface ReanchorInputBody {
  anchors: MovedAnchor[]
}

export interface Reconciliation {
  asked_by: string
  /** Subscriptions put right */
  changed: number
  /** Subscriptions so far */
  checked: number
  created_at: string
  ended_at?: string
  /** Code of what stopped it */
  error?: string
  /** Only when one comparison is asked for; at most 1000 */
  findings?: Finding[]
  /** Of them, those of somebody else on the same account */
  foreign: number
  id: string
  mode: "dry_run" | "repair"
  state: "queued" | "running" | "done" | "failed"
}

export interface ReconciliationsOutputBody {
  reconciliations: Reconciliation[]
}

export interface RecoveryCodes {
  /** Each signs in once when app and key are lost. Shown once */
  recovery_codes?: string[]
}

export interface Redirect {
  created_at: string
  /** Name of whoever made it */
  created_by: string
  /** A path of the portal, decoded */
  from: string
  id: string
  /** 301, else 302 */
  permanent: boolean
  /** A path of the portal, or an address that begins with https:// */
  to: string
  updated_at: string
}

export interface RedirectsOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  redirects: Redirect[]
}

export interface Ref {
  name: string
  slug: string
}

export interface RemarkBody {
  /** Plain text */
  body: string
  /** Staff users who are called in it; they are told */
  mentions?: string[]
}

export interface RenameMeInputBody {
  name: string
}

export interface RenamePasskeyInputBody {
  name: string
}

export interface ReplayInputBody {
  from: string
  /** Only what was not delivered */
  missed?: boolean
  /** Outside */
  to: string
}

export interface ReplayOutputBody {
  /** So many are on their way */
  events: number
}

export interface Reply {
  at: string
  body: string
  by: Person
  deleted_at?: string
  edited_at?: string
  id: string
  mentions: Person[]
  mine: boolean
  /** Also the ETag of the comment */
  version: number
}

export interface ResetInputBody {
  password: string
}

export interface RestoreInputBody {
  why?: string
}

export interface Revenue {
  bills: number
  month: string
  name: string
  /** Taxes included */
  paid: number
  /** Empty for what belongs to no subscription */
  plan: string
  /** Given back of it since */
  refunded: number
  /** Of what was paid */
  tax: number
}

export interface ReviewInputBody {
  decision: "approve" | "send_back"
  /** Required to send a note back */
  reason?: string
}

export interface ReviewsOutputBody {
  submissions: Submission[]
}

export interface Revision {
  approved: boolean
  autosave: boolean
  created_at: string
  created_by: string
  created_by_id?: string
  /** Readers see this one */
  live: boolean
  /** Readers see it, or saw it, as this version */
  live_version?: number
  /** Given by hand */
  name?: string
  number: number
  published_at?: string
  /** Number of the revision it brought back */
  restored_from?: number
  /** The last autosave in it */
  saved_at: string
  /** Reviewers were asked about this one */
  submitted: boolean
  title: string
  why?: string
  words: number
}

export interface RevisionText {
  abstract: string
  approved: boolean
  autosave: boolean
  body: string
  created_at: string
  created_by: string
  created_by_id?: string
  html: string
  /** Readers see this one */
  live: boolean
  /** Readers see it, or saw it, as this version */
  live_version?: number
  /** Given by hand */
  name?: string
  number: number
  published_at?: string
  /** Number of the revision it brought back */
  restored_from?: number
  /** The last autosave in it */
  saved_at: string
  /** Reviewers were asked about this one */
  submitted: boolean
  title: string
  why?: string
  words: number
}

export interface RevokeTermInputBody {
  why?: string
}

export interface Role {
  /** It cannot be changed */
  built_in: boolean
  capabilities: string[]
  /** The name of a built-in role, or a UUID */
  id: string
  name: string
  /** How many have it, disabled ones too */
  staff: number
}

export interface RolesOutputBody {
  roles: Role[]
}

export interface RotateKeyInputBody {
  /** As long as the old key was given, when left out */
  expires_at?: string
  /** 24 when left out */
  overlap_hours?: number
}

export interface Row {
  /** Of blocks that are the same and left out, with skip */
  count?: number
  from_html?: string
  op: "same" | "del" | "add" | "change" | "skip"
  to_html?: string
}

export interface SalesRules {
  /** Paid notes a member without a subscription may read in a month; 0 gives none away */
  free_notes: number
  /** Months in which a gift can be redeemed after it was delivered; 0 is for good */
  gift_keeps: number
  /** For how many months */
  gift_months: number[]
  /** Subscriptions are sold as presents */
  gifts: boolean
  /** Days after an invoice was due on which what it pays for stays open */
  overdue_days: number
  /** Readers may ask for a quote, to pay by invoice */
  quotes: boolean
  /** What was bought once is taken back when it is paid back */
  refund_closes: boolean
}

export interface SalesRulesInputBody {
  free_notes?: number
  gift_keeps?: number
  gift_months?: number[]
  gifts?: boolean
  overdue_days?: number
  quotes?: boolean
  refund_closes?: boolean
}

export interface Schedule {
  action: "publish" | "update" | "retract"
  /** On the clocks of the zone */
  at: string
  by: Person
  change?: "silent" | "minor" | "major"
  instant: string
  notice?: string
  offset: string
  reason?: string
  /** Number of the revision that goes out; later edits are not in it */
  revision?: number
  zone: string
}

export interface ScheduleInputBody {
  action: "publish" | "update" | "retract"
  /** Local time of the publication */
  at: string
  /** As in publishing */
  change?: "silent" | "minor" | "major"
  /** Only move it: what goes out stays as it is */
  keep_revision?: boolean
  notice?: string
  /** Which one is meant, where the clocks show a time twice */
  offset?: string
  /** Of a retraction, for readers */
  reason?: string
}

export interface Seats {
  /** The fewest; of a fixed number, that number */
  from?: number
  /** Left out: for one reader */
  kind?: "" | "fixed" | "quantity"
  to?: number
}

export interface SecondFactorInputBody {
  recovery_code?: string
  ticket: string
  /** Six digits from the app */
  totp?: string
}

export interface SeenNote {
  id: string
  /** A note that has changed since is left alone */
  version: number
}

export interface SelectedNote {
  /** The draft differs from what readers see */
  changed: boolean
  id: string
  status: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived"
  title: string
  /** A note that has changed since is left alone */
  version: number
}

export interface SelectionOutputBody {
  /** There are more than that */
  more: boolean
  /** How many can be chosen at once */
  most: number
  /** Last changed first */
  notes: SelectedNote[]
}

export interface Selling {
  /** Who buys signs in before the payment page */
  account_first: boolean
  /** Stripe Tax adds what is due where the payer lives */
  automatic_tax: boolean
  /** The page of plans begins with it; empty: that of the first price */
  currency: string
  /** The payment page has a box for codes, unless an offer is applied already */
  promotion_box: boolean
  /** Companies may type their tax number */
  tax_ids: boolean
}

export interface SessionsOutputBody {
  sessions: OpenSession[]
}

export interface Settings {
  about: string
  /** Colour of links and buttons, such as #17508f; empty for the house's own */
  accent: string
  benefits: string[]
  /** Mail domains of firms whose people may ask for access to a note */
  company_domains: string[]
  contact: ContactBlock
  /** Links at the foot; empty for the portal's own. Own pages follow them */
  footer: Link[]
  /** Nobody approves what they wrote themselves */
  four_eyes: boolean
  /** Layout of the front page: the latest issue first, note after note, or a shelf for each series */
  home: "issue" | "stream" | "series"
  /** Of the portal's own words, such as en */
  language: string
  /** Those to choose from */
  languages: LanguageChoice[]
  /** Id of a picture; empty for the name in letters */
  logo: string
  /** Id of the picture that takes the logo's place on dark screens; empty: the logo stands on a light plate there */
  logo_dark: string
  logo_dark_url?: string
  logo_url?: string
  /** Members may have a password beside links, codes and passkeys */
  member_passwords: boolean
  /** On how many devices a member may be signed in at once; 0 for any number. The one that was not used for the longest time makes room */
  member_sessions: number
  name: string
  /** Empty for the portal's own entries */
  navigation: Link[]
  notice: string
  pages: LegalPage[]
  /** robots.txt asks programs that gather text for language models to stay away, and there is no llms.txt */
  refuse_ai_crawlers: boolean
  /** Whoever signs in with a password alone can do nothing but add a second factor */
  require_second_factor: boolean
  /** How many days a shared link lives */
  share_days: number
  /** In how many browsers a shared link may be opened */
  share_openings: number
  /** How many notes a member may share with colleagues in a month; 0 for none, which also ends every link there is */
  shared_notes: number
  /** How many PDF copies a member takes within a day before the owners are told; 0 for never */
  sharing_copies: number
  /** From how many networks the sessions of a member are used within a day before the owners are told; 0 for never */
  sharing_networks: number
  /** Where else the publication is */
  social: Link[]
  tagline: string
  /** IANA name */
  time_zone: string
  /** Letters that texts are set in */
  type: "serif" | "sans"
  /** Send it in If-Match with a change */
  version: string
}

export interface SettingsChange {
  about?: string
  accent?: string
  benefits?: string[]
  company_domains?: string[]
  contact?: ContactBlock
  footer?: Link[]
  four_eyes?: boolean
  home?: "issue" | "stream" | "series"
  language?: string
  logo?: string
  logo_dark?: string
  member_passwords?: boolean
  member_sessions?: number
  name?: string
  navigation?: Link[]
  notice?: string
  pages?: LegalPage[]
  refuse_ai_crawlers?: boolean
  require_second_factor?: boolean
  share_days?: number
  share_openings?: number
  shared_notes?: number
  sharing_copies?: number
  sharing_networks?: number
  social?: Link[]
  tagline?: string
  time_zone?: string
  type?: "serif" | "sans"
}

export interface SharedAccount {
  member: Member
  sharing: SharingSign
}

export interface SharedOutputBody {
  accounts: SharedAccount[]
}

export interface SharingSign {
  at: string
  /** PDF copies taken within a day; 0 when these were not many */
  copies: number
  /** From how many it was used within a day; 0 when these were not many */
  networks: number
}

export interface SignIn {
  capabilities: string[]
  /** Until then the account's own security can be changed without the password */
  confirmed_until?: string
  email?: string
  expires_at?: string
  /** Of a staff user */
  factors?: Factors
  id: string
  kind: "staff" | "api_key"
  /** The owner requires a second factor; add one before anything else */
  must_enrol?: boolean
  name: string
  /** The id of a role */
  role?: string
  role_name?: string
  /** The password was right; go on with one of these and the ticket */
  second_factor?: string[]
  ticket?: string
}

export interface SignInInputBody {
  email: string
  password: string
}

export interface Source {
  count: number
  /** A path of the portal; empty when they came from elsewhere */
  page: string
  /** Won a month */
  value: number
}

export interface Span {
  op: "same" | "del" | "add"
  text: string
}

export interface Staff {
  created_at: string
  disabled_at?: string
  email: string
  id: string
  /** To a quarter of an hour */
  last_seen_at?: string
  name: string
  /** The id of a role */
  role: string
  role_name: string
  /** Signs in with more than a password */
  second_factor: boolean
}

export interface StaffListOutputBody {
  staff: Staff[]
}

export interface StartReconciliationInputBody {
  mode: "dry_run" | "repair"
}

export interface StorageHealth {
  /** On the disk of the data folder */
  free_bytes?: number
  kind: "disk" | "s3"
  total_bytes?: number
}

export interface StripeHealth {
  last_event_at?: string
  last_refused_at?: string
  mode: "live" | "test" | "stand-in"
  oldest_waiting_at?: string
  /** Calls to the webhook that were refused in the last day */
  refused: number
  /** Why the last one was refused */
  refused_for?: "unsigned" | "wrong_secret" | "too_old" | "no_event"
  /** Since when Stripe should have told something, as a subscription's period began or ended, and did not */
  silent_since?: string
  /** Events that are not worked on yet */
  waiting: number
}

export interface Submission {
  decisions: Decision[]
  id: string
  message: string
  reviewers: Person[]
  revision: number
  state: "open" | "approved" | "sent_back" | "withdrawn" | "published"
  submitted_at: string
  submitted_by: Person
}

export interface SubmitInputBody {
  /** To the reviewers */
  message?: string
  /** Staff users; none asks everybody who may review */
  reviewers?: string[]
}

export interface Subscriber {
  currency: string
  /** Empty when the member was deleted */
  email: string
  ended_at?: string
  /** It will run out */
  ending: boolean
  id: string
  interval: string
  name: string
  owner_id: string
  owner_kind: "member" | "organization"
  past_due_since?: string
  period_end?: string
  plan: string
  plan_name: string
  quantity: number
  started_at: string
  status: string
  stripe_id: string
  /** A month, in the smallest unit, when it counts */
  value: number
}

export interface SubscribersOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  subscribers: Subscriber[]
}

export interface SubscriptionPolicy {
  /** A dispute that is lost ends its subscription, or what was bought once */
  end_on_dispute: boolean
  /** A latest bill that is paid back in full ends its subscription */
  end_on_refund: boolean
  /** How long a failed renewal stays open; 0: for as long as Stripe tries */
  grace_days: number
  /** How long members may pause at most; 0 offers no pause */
  pause_months: number
  /** How long bills of deleted members are kept */
  retention_years: number
}

export interface TOTPSecret {
  /** data:image/png, for taking a picture of */
  qr: string
  /** Base 32, for typing */
  secret: string
  /** otpauth:, for opening */
  uri: string
}

export interface Term {
  /** In the smallest unit of the currency */
  amount: number
  created_at: string
  currency: string
  /** The moment itself is outside */
  ends_at: string
  given_by: string
  id: string
  /** Not paid yet: it opens until then only */
  open_until?: string
  /** Slug; empty is every plan */
  plan: string
  plan_name: string
  reference: string
  remark: string
  revoked_at?: string
  revoked_by?: string
  revoked_why?: string
  seats: number
  /** Where it comes from; purchase was paid once, order by invoice */
  source: "manual" | "complimentary" | "gift" | "purchase" | "order"
  starts_at: string
  state: "coming" | "open" | "unpaid" | "ended" | "revoked"
  version: number
}

export interface TermsOutputBody {
  terms: Term[]
}

export interface ThreadsOutputBody {
  next?: string
  threads: Comment[]
}

export interface TimelineOutputBody {
  moments: Moment[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface TotpInputBody {
  /** Six digits from the app */
  code: string
}

export interface Trials {
  began: number
  /** Have been paid for */
  converted: number
  month: string
  running: number
}

export interface UndoOutputBody {
  /** Notes that are still to be taken back */
  left: number
  results: BulkResult[]
}

export interface UpcomingOutputBody {
  entries: CalendarEntry[]
  zone: string
}

export interface UsesOutputBody {
  /** What it was before, newest first. Versions of notes from then go on showing it */
  editions: PictureEdition[]
  places: Place[]
}

export interface Version {
  /** Empty for the first */
  change: "" | "silent" | "minor" | "major"
  /** Readers see this one */
  live: boolean
  notice?: string
  published_at: string
  published_by: Person
  revision: number
  url: string
  version: number
}

export interface VersionsOutputBody {
  versions: Version[]
}

export interface View {
  /** What to show, in order; none: as the desk has it */
  columns: string[]
  created_at: string
  /** The list of whoever asks opens with it */
  default: boolean
  density: "comfortable" | "compact"
  /** Parameters of the list, by name */
  filters: Record<string, string>
  id: string
  list: "notes" | "members" | "leads"
  name: string
  /** It belongs to whoever asks */
  own: boolean
  /** Name of whom it belongs to */
  owner: string
  reverse: boolean
  /** Colleagues who may see the list see it, too */
  shared: boolean
  /** Empty: as the list has it */
  sort: string
  updated_at: string
  version: number
}

export interface ViewFields {
  columns?: string[]
  density?: "comfortable" | "compact"
  filters?: Record<string, string>
  name?: string
  reverse?: boolean
  shared?: boolean
  sort?: string
}

export interface ViewInputBody {
  audience: "anonymous" | "free" | "plan" | "lapsed" | "full"
  /** Slug; with the audience plan */
  plan?: string
}

export interface ViewOutputBody {
  expires_at: string
  /** The portal's page; it may be shown in a frame of the desk */
  url: string
}

export interface ViewsOutputBody {
  /** One's own first, then those that colleagues share, each by name */
  views: View[]
}

export interface Webhook {
  created_at: string
  /** Patterns: *, note.*, note.published */
  events: string[]
  /** Since then nothing got through */
  failing_since?: string
  /** Notes come with their whole text, also from behind the paywall */
  full_text: boolean
  id: string
  /** When a call got through last */
  last_ok?: string
  name: string
  /** Until then the secret of before signs along */
  old_secret_until?: string
  /** paused: by itself, since nothing got through */
  state: "on" | "off" | "paused"
  updated_at: string
  url: string
  /** The number in the ETag */
  version: number
  /** Of a pause */
  why?: string
}

export interface WebhookBody {
  events?: string[]
  full_text?: boolean
  name?: string
  /** true ends a pause, too */
  on?: boolean
  url?: string
}

export interface WebhookCall {
  /** Its beginning */
  answer?: string
  at: string
  /** Why there was no answer */
  error?: string
  /** The headers, without the signature */
  request: string
  /** Absent when there was no answer */
  status?: number
  took_ms: number
  url: string
}

export interface WebhookDelivery {
  /** When it happened */
  at: string
  attempts: number
  done_at?: string
  /** The header webhook-id */
  event: string
  id: string
  /** When it is tried again */
  next_at?: string
  /** failed: tried for three days; dropped: the webhook was not on */
  state: "waiting" | "delivered" | "failed" | "dropped"
  /** Of the last answer */
  status?: number
  /** The id of what it is about */
  subject: string
  type: string
}

export interface WebhookEvent {
  text: string
  type: string
}

export interface WebhookRecord {
  /** When it happened */
  at: string
  attempts: number
  /** As it was sent, but for the whole text of a note */
  body: unknown
  calls: WebhookCall[]
  done_at?: string
  /** The header webhook-id */
  event: string
  id: string
  /** When it is tried again */
  next_at?: string
  /** failed: tried for three days; dropped: the webhook was not on */
  state: "waiting" | "delivered" | "failed" | "dropped"
  /** Of the last answer */
  status?: number
  /** The id of what it is about */
  subject: string
  type: string
}

export interface WebhooksOutputBody {
  /** All there are */
  events: WebhookEvent[]
  webhooks: Webhook[]
}

/** Every operation, by method and path. */
export interface Operations {
  /** Attach a file to a note */
  'POST /attachments': { form: FormData; answer: Attachment }
  /** Replace a file of a note */
  'PUT /attachments/{attachment}/file': { path: { attachment: string }; form: FormData; answer: Attachment }
  /** Make or change an author */
  'PUT /authors/{slug}': { path: { slug: string }; body: AuthorInputBody; answer: AuthorBody }
  /** A month of the calendar */
  'GET /calendar': { query?: { month: string }; answer: CalendarOutputBody }
  /** What comes next */
  'GET /calendar/next': { query?: { limit?: number }; answer: UpcomingOutputBody }
  /** What can be allowed, in a sentence each */
  'GET /capabilities': { answer: CapabilitiesOutputBody }
  /** All series, issues, topics and authors */
  'GET /catalogue': { answer: Catalogue }
  /** Whose copy it is */
  'GET /copies': { query?: { serial: string }; answer: FoundCopy }
  /** Draw a text */
  'POST /drawings': { body: DrawInputBody; answer: Drawing }
  /** MRR, trials and churn */
  'GET /figures': { query?: { from?: string; to?: string }; answer: Figures }
  /** MRR by month, for a spreadsheet */
  'GET /figures/months.csv': { query?: { from?: string; to?: string }; answer: undefined }
  /** Every movement of MRR, for a spreadsheet */
  'GET /figures/movements.csv': { query?: { from?: string; to?: string }; answer: undefined }
  /** What was paid by month and plan, for a spreadsheet */
  'GET /figures/revenue.csv': { query?: { from?: string; to?: string }; answer: undefined }
  /** List presents that were sold */
  'GET /gifts': { query?: { state?: "paid" | "delivered" | "redeemed" | "expired" | "revoked"; cursor?: string; limit?: number }; answer: GiftsOutputBody }
  /** How the system is */
  'GET /health': { answer: Health }
  /** List open invitations */
  'GET /invitations': { answer: InvitationsOutputBody }
  /** Invite a colleague */
  'POST /invitations': { body: InviteInputBody; answer: Invitation }
  /** What a link invites to */
  'GET /invitations/by-token/{token}': { path: { token: string }; answer: OpenedInvitation }
  /** Accept an invitation */
  'PUT /invitations/by-token/{token}': { path: { token: string }; body: AcceptInputBody; answer: SignIn }
  /** Take an invitation back */
  'DELETE /invitations/{id}': { path: { id: string }; answer: undefined }
  /** Send an invitation again */
  'POST /invitations/{id}/delivery': { path: { id: string }; answer: Invitation }
  /** List issues */
  'GET /issues': { query?: { series?: string }; answer: ListIssuesOutputBody }
  /** Make an issue */
  'POST /issues': { body: CreateIssueInputBody; answer: Issue }
  /** Get an issue with its notes */
  'GET /issues/{id}': { path: { id: string }; answer: Issue }
  /** Change an issue */
  'PATCH /issues/{id}': { path: { id: string }; body: IssueFields; answer: Issue }
  /** Say which notes an issue holds, in order */
  'PUT /issues/{id}/notes': { path: { id: string }; body: ArrangeInputBody; answer: Issue }
  /** Retract an issue */
  'DELETE /issues/{id}/publication': { path: { id: string }; query?: { notes?: "keep" | "retract"; reason?: string }; answer: Issue }
  /** Publish an issue with its notes */
  'PUT /issues/{id}/publication': { path: { id: string }; answer: Issue }
  /** What happened */
  'GET /journal': { query?: { subject?: string; id?: string; verb?: string; actor?: string; from?: string; to?: string; before?: string; cursor?: string; limit?: number }; answer: JournalOutputBody }
  /** What happened, for a spreadsheet */
  'GET /journal.csv': { query?: { subject?: string; id?: string; verb?: string; actor?: string; from?: string; to?: string; before?: string; cursor?: string; limit?: number }; answer: undefined }
  /** List API keys */
  'GET /keys': { answer: KeysOutputBody }
  /** Make an API key */
  'POST /keys': { body: KeyInputBody; answer: NewKey }
  /** Revoke an API key */
  'DELETE /keys/{id}': { path: { id: string }; answer: undefined }
  /** Replace an API key */
  'POST /keys/{id}/rotation': { path: { id: string }; body?: RotateKeyInputBody; answer: NewKey }
  /** List letters to the firm */
  'GET /leads': { query?: { state?: "new" | "open" | "done"; search?: string; cursor?: string; limit?: number }; answer: LeadsOutputBody }
  /** Get a letter */
  'GET /leads/{id}': { path: { id: string }; answer: Lead }
  /** Note what became of a letter */
  'PATCH /leads/{id}': { path: { id: string }; body: ChangeLeadInputBody; answer: Lead }
  /** Who is signed in */
  'GET /me': { answer: Me }
  /** Change one's name */
  'PATCH /me': { body: RenameMeInputBody; answer: Me }
  /** Show the password once more */
  'POST /me/confirmation': { body: ConfirmInputBody; answer: ConfirmOutputBody }
  /** List one's passkeys */
  'GET /me/passkeys': { answer: PasskeysOutputBody }
  /** Add a passkey */
  'POST /me/passkeys': { body: AddPasskeyInputBody; answer: AddedPasskeyBody }
  /** Begin to add a passkey */
  'POST /me/passkeys/options': { answer: Ceremony }
  /** Forget a passkey */
  'DELETE /me/passkeys/{id}': { path: { id: string }; answer: undefined }
  /** Rename a passkey */
  'PATCH /me/passkeys/{id}': { path: { id: string }; body: RenamePasskeyInputBody; answer: Passkey }
  /** Change one's password */
  'PUT /me/password': { body: MyPasswordInputBody; answer: undefined }
  /** Make new codes for emergencies */
  'POST /me/recovery-codes': { answer: RecoveryCodes }
  /** Sign out everywhere else */
  'DELETE /me/sessions': { answer: EndedOutputBody }
  /** Where one is signed in */
  'GET /me/sessions': { answer: SessionsOutputBody }
  /** Sign out elsewhere */
  'DELETE /me/sessions/{id}': { path: { id: string }; answer: undefined }
  /** Forget the authenticator app */
  'DELETE /me/totp': { answer: undefined }
  /** Prepare an authenticator app */
  'POST /me/totp': { answer: TOTPSecret }
  /** Take the app into use */
  'PUT /me/totp': { body: TotpInputBody; answer: RecoveryCodes }
  /** List files of all kinds */
  'GET /media': { query?: { cursor?: string; limit?: number; q?: string; folder?: string; unused?: boolean; sort?: "newest" | "name" | "size"; reverse?: boolean; kind?: "picture" | "pdf" | "sheet" | "data" }; answer: MediaOutputBody }
  /** List the folders of the library */
  'GET /media-folders': { answer: FoldersOutputBody }
  /** Make a folder */
  'POST /media-folders': { body: FolderFields; answer: MediaFolder }
  /** Delete a folder */
  'DELETE /media-folders/{id}': { path: { id: string }; query?: { contents?: "refuse" | "up" }; answer: undefined }
  /** Rename or move a folder */
  'PUT /media-folders/{id}': { path: { id: string }; body: FolderFields; answer: MediaFolder }
  /** List members */
  'GET /members': { query?: { verified?: "true" | "false"; search?: string; status?: "paying" | "past_due" | "complimentary" | "lapsed" | "free"; plan?: string; since_from?: string; since_to?: string; cursor?: string; limit?: number }; answer: MembersOutputBody }
  /** List members, for a spreadsheet */
  'GET /members.csv': { query?: { verified?: "true" | "false"; search?: string; status?: "paying" | "past_due" | "complimentary" | "lapsed" | "free"; plan?: string; since_from?: string; since_to?: string }; answer: undefined }
  /** Delete a member */
  'DELETE /members/{id}': { path: { id: string }; query?: { subscriptions: "now" | "period_end" }; answer: undefined }
  /** Get a member */
  'GET /members/{id}': { path: { id: string }; answer: MemberDetail }
  /** Why a member can or cannot read a note */
  'GET /members/{id}/access': { path: { id: string }; query?: { note: string; at?: string }; answer: Reading }
  /** A member's bills, refunds, disputes, reasons and letters */
  'GET /members/{id}/money': { path: { id: string }; answer: MemberMoney }
  /** List a member's dated rights */
  'GET /members/{id}/terms': { path: { id: string }; answer: TermsOutputBody }
  /** Give a member access from one date to another */
  'POST /members/{id}/terms': { path: { id: string }; body: GiveInputBody; answer: Term }
  /** What happened to a member */
  'GET /members/{id}/timeline': { path: { id: string }; query?: { cursor?: string; limit?: number }; answer: TimelineOutputBody }
  /** List notes */
  'GET /notes': { query?: { status?: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived" | "any"; kind?: "newsletter" | "research-note" | "perspective" | "forecast" | "data"; gate?: "public" | "members" | "paid" | "plans"; series?: string; issue?: string; topic?: string; author?: string; q?: string; title?: string; editor?: string; changed_from?: string; changed_to?: string; review?: "open" | "approved"; reviewer?: string; sort?: "changed" | "published" | "title"; reverse?: boolean; cursor?: string; limit?: number }; answer: ListNotesOutputBody }
  /** Create a note */
  'POST /notes': { body: NoteFields; answer: Note }
  /** Do the same to many notes */
  'POST /notes/bulk': { body: BulkChange; answer: BulkOutputBody }
  /** Take back what was done to many notes */
  'POST /notes/bulk/{act}/undo': { path: { act: string }; answer: UndoOutputBody }
  /** Name every note that a filter finds */
  'GET /notes/selection': { query?: { status?: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived" | "any"; kind?: "newsletter" | "research-note" | "perspective" | "forecast" | "data"; gate?: "public" | "members" | "paid" | "plans"; series?: string; issue?: string; topic?: string; author?: string; q?: string; title?: string; editor?: string; changed_from?: string; changed_to?: string; review?: "open" | "approved"; reviewer?: string }; answer: SelectionOutputBody }
  /** Get a note with its working revision */
  'GET /notes/{id}': { path: { id: string }; answer: Note }
  /** Change a note */
  'PATCH /notes/{id}': { path: { id: string }; body: NoteFields; answer: Note }
  /** Say where the passages of threads stand now */
  'PUT /notes/{id}/anchors': { path: { id: string }; body: ReanchorInputBody; answer: undefined }
  /** Take a note out of the archive */
  'DELETE /notes/{id}/archive': { path: { id: string }; answer: Note }
  /** Put a note away */
  'PUT /notes/{id}/archive': { path: { id: string }; answer: Note }
  /** List the files of a note */
  'GET /notes/{id}/attachments': { path: { id: string }; answer: AttachmentsOutputBody }
  /** Put the files of a note in order */
  'PUT /notes/{id}/attachments': { path: { id: string }; body: ArrangeAttachmentsInputBody; answer: AttachmentsOutputBody }
  /** Take a file away from a note */
  'DELETE /notes/{id}/attachments/{attachment}': { path: { id: string; attachment: string }; answer: undefined }
  /** Change a file's title and who may have it */
  'PUT /notes/{id}/attachments/{attachment}': { path: { id: string; attachment: string }; body: DescribeAttachmentInputBody; answer: Attachment }
  /** Get a file itself */
  'GET /notes/{id}/attachments/{attachment}/file': { path: { id: string; attachment: string }; answer: undefined }
  /** List what is said about a note */
  'GET /notes/{id}/comments': { path: { id: string }; query?: { state?: "open" | "resolved" | "any"; cursor?: string; limit?: number }; answer: ThreadsOutputBody }
  /** Comment on a passage or the whole note */
  'POST /notes/{id}/comments': { path: { id: string }; body: CommentInputBody; answer: Comment }
  /** Delete your own comment */
  'DELETE /notes/{id}/comments/{comment}': { path: { id: string; comment: string }; answer: undefined }
  /** Get the thread a comment stands in */
  'GET /notes/{id}/comments/{comment}': { path: { id: string; comment: string }; answer: Comment }
  /** Change the words of your own comment */
  'PATCH /notes/{id}/comments/{comment}': { path: { id: string; comment: string }; body: RemarkBody; answer: Comment }
  /** Reply in a thread */
  'POST /notes/{id}/comments/{comment}/replies': { path: { id: string; comment: string }; body: RemarkBody; answer: Comment }
  /** Open a thread again */
  'DELETE /notes/{id}/comments/{comment}/resolution': { path: { id: string; comment: string }; answer: Comment }
  /** Resolve a thread */
  'PUT /notes/{id}/comments/{comment}/resolution': { path: { id: string; comment: string }; answer: Comment }
  /** Compare two saved states */
  'GET /notes/{id}/comparison': { path: { id: string }; query?: { from: number; to: number }; answer: Comparison }
  /** Say that you have the note open */
  'PUT /notes/{id}/presence': { path: { id: string }; body: EnterInputBody; answer: PresenceOutputBody }
  /** Say that you have closed the note */
  'DELETE /notes/{id}/presence/{window}': { path: { id: string; window: string }; answer: undefined }
  /** List the preview links to a note */
  'GET /notes/{id}/preview-links': { path: { id: string }; answer: PreviewsOutputBody }
  /** Make a preview link */
  'POST /notes/{id}/preview-links': { path: { id: string }; body: MakePreviewInputBody; answer: PreviewLink }
  /** Revoke a preview link */
  'DELETE /notes/{id}/preview-links/{link}': { path: { id: string; link: string }; answer: undefined }
  /** Get what a note costs on its own */
  'GET /notes/{id}/price': { path: { id: string }; answer: NotePrice }
  /** Sell a note on its own */
  'PUT /notes/{id}/price': { path: { id: string }; body: NotePriceInputBody; answer: NotePrice }
  /** Retract a note */
  'DELETE /notes/{id}/publication': { path: { id: string }; query?: { reason?: string }; answer: Note }
  /** Publish the draft */
  'PUT /notes/{id}/publication': { path: { id: string }; body?: PublishInputBody; answer: Note }
  /** List what was submitted and decided */
  'GET /notes/{id}/reviews': { path: { id: string }; answer: ReviewsOutputBody }
  /** Approve the draft or send it back */
  'POST /notes/{id}/reviews': { path: { id: string }; body: ReviewInputBody; answer: Note }
  /** List the saved states of a note */
  'GET /notes/{id}/revisions': { path: { id: string }; answer: ListRevisionsOutputBody }
  /** Get one saved state */
  'GET /notes/{id}/revisions/{number}': { path: { id: string; number: number }; answer: RevisionText }
  /** Give a saved state a name */
  'PUT /notes/{id}/revisions/{number}/name': { path: { id: string; number: number }; body: NameInputBody; answer: Revision }
  /** Bring a saved state back */
  'POST /notes/{id}/revisions/{number}/restoration': { path: { id: string; number: number }; body?: RestoreInputBody; answer: Note }
  /** Cancel what is scheduled */
  'DELETE /notes/{id}/schedule': { path: { id: string }; query?: { action?: "publish" | "update" | "retract" }; answer: Note }
  /** Schedule a publication, an update or a retraction */
  'PUT /notes/{id}/schedule': { path: { id: string }; body: ScheduleInputBody; answer: Note }
  /** Take the draft back from its reviewers */
  'DELETE /notes/{id}/submission': { path: { id: string }; answer: Note }
  /** Give the draft to reviewers */
  'PUT /notes/{id}/submission': { path: { id: string }; body: SubmitInputBody; answer: Note }
  /** List what readers saw */
  'GET /notes/{id}/versions': { path: { id: string }; answer: VersionsOutputBody }
  /** See a note as a reader will */
  'POST /notes/{id}/views': { path: { id: string }; body: ViewInputBody; answer: ViewOutputBody }
  /** List what the desk tells you */
  'GET /notifications': { query?: { unread?: boolean; cursor?: string; limit?: number }; answer: NotificationsOutputBody }
  /** Mark all your notifications as read */
  'PUT /notifications/read': { answer: undefined }
  /** Mark a notification as read */
  'PUT /notifications/{id}/read': { path: { id: string }; answer: undefined }
  /** List all offers */
  'GET /offers': { answer: OffersOutputBody }
  /** Make an offer */
  'POST /offers': { body: NewOfferInputBody; answer: OffersOutputBody }
  /** Change an offer's words, dates and limit */
  'PUT /offers/{code}': { path: { code: string }; body: OfferInputBody; answer: OffersOutputBody }
  /** List quotes and orders by invoice */
  'GET /orders': { query?: { state?: "quoted" | "expired" | "accepted" | "invoiced" | "overdue" | "paid" | "void" | "declined"; cursor?: string; limit?: number }; answer: OrdersOutputBody }
  /** Write a quote for somebody who pays by invoice */
  'POST /orders': { body: NewOrder; answer: Order }
  /** Get an order, with how its bill stands */
  'GET /orders/{id}': { path: { id: string }; answer: Order }
  /** Mail a quote, once more */
  'POST /orders/{id}/letters': { path: { id: string }; answer: Order }
  /** Take a quote or an order back: what it opened closes, and its bill is voided */
  'PUT /orders/{id}/withdrawal': { path: { id: string }; answer: Order }
  /** Ask for a mail to choose another password */
  'POST /password-resets': { body: AskResetInputBody; answer: AskedOutputBody }
  /** Whose password a link would change */
  'GET /password-resets/{token}': { path: { token: string }; answer: OpenedResetBody }
  /** Choose another password */
  'PUT /password-resets/{token}': { path: { token: string }; body: ResetInputBody; answer: undefined }
  /** List pictures */
  'GET /pictures': { query?: { cursor?: string; limit?: number; q?: string; folder?: string; unused?: boolean; sort?: "newest" | "name" | "size"; reverse?: boolean }; answer: PicturesOutputBody }
  /** Upload a picture */
  'POST /pictures': { form: FormData; answer: Picture }
  /** Move or delete many pictures */
  'POST /pictures/bulk': { body: PictureBulk; answer: PictureBulkOutputBody }
  /** Delete a picture */
  'DELETE /pictures/{id}': { path: { id: string }; answer: undefined }
  /** Get a picture */
  'GET /pictures/{id}': { path: { id: string }; answer: Picture }
  /** Change the texts of a picture */
  'PUT /pictures/{id}': { path: { id: string }; body: DescribeInputBody; answer: Picture }
  /** Replace the file of a picture */
  'PUT /pictures/{id}/file': { path: { id: string }; form: FormData; answer: Picture }
  /** Set the point that no crop may lose */
  'PUT /pictures/{id}/focus': { path: { id: string }; body: Focus; answer: Picture }
  /** Where a picture is shown */
  'GET /pictures/{id}/uses': { path: { id: string }; answer: UsesOutputBody }
  /** Put the plans into the order of the page */
  'PUT /plan-order': { body: PlanOrderInputBody; answer: PlansOutputBody }
  /** List all plans */
  'GET /plans': { answer: PlansOutputBody }
  /** Make a plan */
  'POST /plans': { body: NewPlanInputBody; answer: Plan }
  /** Make or change a plan */
  'PUT /plans/{slug}': { path: { slug: string }; body: PlanBody; answer: Plan }
  /** Ask Stripe what is otherwise there */
  'POST /plans/{slug}/comparison': { path: { slug: string }; answer: Plan }
  /** Make Stripe show the plan as it is here */
  'POST /plans/{slug}/push': { path: { slug: string }; answer: Plan }
  /** Take over what Stripe has of a plan */
  'POST /plans/{slug}/take': { path: { slug: string }; answer: Plan }
  /** What the publication says of itself */
  'GET /publication': { answer: Profile }
  /** Change what the publication says of itself */
  'PUT /publication': { body: Profile; answer: Profile }
  /** List comparisons with Stripe */
  'GET /reconciliations': { answer: ReconciliationsOutputBody }
  /** Compare with Stripe */
  'POST /reconciliations': { body: StartReconciliationInputBody; answer: Reconciliation }
  /** Get a comparison with what it found */
  'GET /reconciliations/{id}': { path: { id: string }; answer: Reconciliation }
  /** List redirects */
  'GET /redirects': { query?: { search?: string; cursor?: string; limit?: number }; answer: RedirectsOutputBody }
  /** Make a redirect */
  'POST /redirects': { body: CreateRedirectInputBody; answer: Redirect }
  /** Delete a redirect */
  'DELETE /redirects/{id}': { path: { id: string }; answer: undefined }
  /** Change a redirect */
  'PATCH /redirects/{id}': { path: { id: string }; body: ChangeRedirectInputBody; answer: Redirect }
  /** List roles */
  'GET /roles': { answer: RolesOutputBody }
  /** Make a role */
  'POST /roles': { body: CreateRoleInputBody; answer: Role }
  /** Delete a role */
  'DELETE /roles/{id}': { path: { id: string }; answer: undefined }
  /** Change a role */
  'PATCH /roles/{id}': { path: { id: string }; body: ChangeRoleInputBody; answer: Role }
  /** Get the rules for gifts, single notes, invoices and free notes */
  'GET /sales-rules': { answer: SalesRules }
  /** Change the rules of sale */
  'PATCH /sales-rules': { body: SalesRulesInputBody; answer: SalesRules }
  /** How subscriptions are sold */
  'GET /selling': { answer: Selling }
  /** Decide how subscriptions are sold */
  'PUT /selling': { body: Selling; answer: Selling }
  /** Make or change the issue of a month */
  'PUT /series/{series}/issues/{month}': { path: { series: string; month: string }; body: IssueInputBody; answer: IssueBody }
  /** Make or change a series */
  'PUT /series/{slug}': { path: { slug: string }; body: LabelInputBody; answer: LabelBody }
  /** Sign out */
  'DELETE /session': { answer: undefined }
  /** Who is signed in */
  'GET /session': { answer: Me }
  /** Sign in as a staff user */
  'POST /session': { body: SignInInputBody; answer: SignIn }
  /** Go on with a passkey */
  'POST /session/passkey': { body: PasskeyInputBody; answer: SignIn }
  /** Begin with a passkey */
  'POST /session/passkey/options': { body: AskPasskeyInputBody; answer: Ceremony }
  /** Go on with a code */
  'POST /session/second-factor': { body: SecondFactorInputBody; answer: SignIn }
  /** The publication's settings */
  'GET /settings': { answer: Settings }
  /** Change settings */
  'PATCH /settings': { body: SettingsChange; answer: Settings }
  /** How an accent colour can be read */
  'GET /settings/contrast': { query?: { colour: string }; answer: AccentContrast }
  /** List accounts that look shared */
  'GET /shared-accounts': { answer: SharedOutputBody }
  /** List who works here */
  'GET /staff': { answer: StaffListOutputBody }
  /** Get a staff user */
  'GET /staff/{id}': { path: { id: string }; answer: Staff }
  /** Change a staff user */
  'PATCH /staff/{id}': { path: { id: string }; body: ChangeStaffInputBody; answer: Staff }
  /** Take a colleague's second factor away */
  'DELETE /staff/{id}/second-factor': { path: { id: string }; answer: undefined }
  /** Sign a colleague out everywhere */
  'DELETE /staff/{id}/sessions': { path: { id: string }; answer: EndedOutputBody }
  /** Where a colleague is signed in */
  'GET /staff/{id}/sessions': { path: { id: string }; answer: SessionsOutputBody }
  /** List subscriptions with who has them */
  'GET /subscribers': { query?: { plan?: string; status?: "open" | "active" | "trialing" | "past_due" | "incomplete" | "incomplete_expired" | "unpaid" | "paused" | "canceled"; interval?: "month" | "year"; since?: string; until?: string; ending?: "true" | "false"; search?: string; cursor?: string; limit?: number }; answer: SubscribersOutputBody }
  /** List subscriptions, for a spreadsheet */
  'GET /subscribers.csv': { query?: { plan?: string; status?: "open" | "active" | "trialing" | "past_due" | "incomplete" | "incomplete_expired" | "unpaid" | "paused" | "canceled"; interval?: "month" | "year"; since?: string; until?: string; ending?: "true" | "false"; search?: string }; answer: undefined }
  /** What holds for subscriptions */
  'GET /subscription-policy': { answer: SubscriptionPolicy }
  /** Change what holds for subscriptions */
  'PATCH /subscription-policy': { body: PolicyInputBody; answer: SubscriptionPolicy }
  /** Shorten, extend or describe a term */
  'PATCH /terms/{id}': { path: { id: string }; body: ChangeTermInputBody; answer: Term }
  /** Take a term back */
  'PUT /terms/{id}/revocation': { path: { id: string }; body: RevokeTermInputBody; answer: Term }
  /** Make or change a topic */
  'PUT /topics/{slug}': { path: { slug: string }; body: LabelInputBody; answer: LabelBody }
  /** List the views of a list */
  'GET /views': { query?: { list: "notes" | "members" | "leads" }; answer: ViewsOutputBody }
  /** Keep a view */
  'POST /views': { body: KeepViewInputBody; answer: View }
  /** Delete a view */
  'DELETE /views/{id}': { path: { id: string }; answer: undefined }
  /** Get a view */
  'GET /views/{id}': { path: { id: string }; answer: View }
  /** Change, rename or share a view */
  'PATCH /views/{id}': { path: { id: string }; body: ViewFields; answer: View }
  /** Open the list without this view */
  'DELETE /views/{id}/default': { path: { id: string }; answer: undefined }
  /** Open the list with this view */
  'PUT /views/{id}/default': { path: { id: string }; answer: undefined }
  /** List webhooks */
  'GET /webhooks': { answer: WebhooksOutputBody }
  /** Make a webhook */
  'POST /webhooks': { body: WebhookBody; answer: NewWebhook }
  /** Delete a webhook */
  'DELETE /webhooks/{id}': { path: { id: string }; answer: undefined }
  /** Get a webhook */
  'GET /webhooks/{id}': { path: { id: string }; answer: Webhook }
  /** Change a webhook, or switch it on or off */
  'PATCH /webhooks/{id}': { path: { id: string }; body: WebhookBody; answer: Webhook }
  /** List the deliveries of a webhook */
  'GET /webhooks/{id}/deliveries': { path: { id: string }; query?: { state?: "waiting" | "delivered" | "failed" | "dropped"; type?: string; cursor?: string; limit?: number }; answer: DeliveriesOutputBody }
  /** Get a delivery with every call that was made for it */
  'GET /webhooks/{id}/deliveries/{delivery}': { path: { id: string; delivery: string }; answer: WebhookRecord }
  /** Send a delivery again */
  'POST /webhooks/{id}/deliveries/{delivery}/replay': { path: { id: string; delivery: string }; answer: WebhookRecord }
  /** Send all events of a time again */
  'POST /webhooks/{id}/replay': { path: { id: string }; body: ReplayInputBody; answer: ReplayOutputBody }
  /** Give a webhook another secret */
  'POST /webhooks/{id}/secret': { path: { id: string }; answer: NewWebhook }
  /** Send an event of the type webhook.test at once */
  'POST /webhooks/{id}/test': { path: { id: string }; answer: WebhookRecord }
}
