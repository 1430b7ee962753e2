// Made by scripts/generate.mjs from admin.json. Do not edit.

export interface AccentContrast {
  /** The colour, as #rrggbb */
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
  /** The colour on dark screens */
  on_night: string
  /** Where the colour is used, and how well it reads */
  readings: AccentReading[]
}

export interface AccentReading {
  /** The colour behind */
  back: string
  /** The colour in front */
  front: string
  /** Whether it can be read well enough */
  good: boolean
  /** Where it is shown */
  place: "link_day" | "panel_day" | "button_day" | "link_night" | "panel_night" | "button_night"
  /** Contrast to 1, rounded down; WCAG AA asks for 4.5 */
  ratio: number
}

export interface AcceptInputBody {
  /** The name, as people read it */
  name: string
  /** The password */
  password: string
}

export interface AddPasskeyInputBody {
  /** PublicKeyCredential.toJSON() */
  credential: unknown
  /** The name, as people read it */
  name: string
  /** Send it back with the next step */
  ticket: string
}

export interface AddedPasskeyBody {
  /** The passkey */
  passkey: Passkey
  /** Each signs in once when app and key are lost. Shown once */
  recovery_codes?: string[]
}

export interface Anchor {
  /** In which block it began, counted from 0: a hint */
  block?: number
  /** The words before the passage */
  prefix?: string
  /** The words of the passage */
  quote: string
  /** The words after the passage */
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
  /** The e-mail address */
  email: string
}

export type AskedOutputBody = Record<string, unknown>

export interface AssistantOutputBody {
  /** What was read with it */
  used: AssistantUse[]
}

export interface AssistantUse {
  /** Of UTC */
  day: string
  /** When it was read last */
  last_at: string
  /** The note */
  note: string
  /** How often it was read, in whole or in part */
  opens: number
  /** mcp; mcp.public for what needs no licence; mcp.search for what searches showed of its text */
  surface: string
  /** Read last; 0 of what searches showed */
  version: number
  /** That were given out */
  words: number
}

export interface Attachment {
  /** Who may have it: public, or as the note */
  access: "note" | "public"
  /** How large it is */
  bytes: number
  /** What sort of file it is */
  content_type: string
  /** When it was made */
  created_at: string
  /** Where staff get it; readers get it at url */
  file: string
  /** The name of the file */
  filename: string
  /** Its id, for good */
  id: string
  /** The title */
  title: string
  /** Where readers get it once the note is published */
  url: string
}

export interface AttachmentsOutputBody {
  /** The attached files, in their order */
  attachments: Attachment[]
}

export interface AuthorBody {
  /** A few sentences about the person */
  bio: string
  /** The name, as people read it */
  name: string
  /** What the author does, in words */
  role: string
  /** The name in addresses */
  slug: string
}

export interface AuthorInputBody {
  /** A few sentences about the person */
  bio?: string
  /** The name, as people read it */
  name: string
  /** What the author does, in words */
  role?: string
}

export interface AuthorMergerBody {
  /** Who stays */
  author: AuthorBody
  /** How many notes were by the other one, drafts among them */
  notes: number
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
  /** A stable word for it */
  code: string
  /** The line, from 1 */
  line: number
  /** In the person's own words */
  message: string
}

export interface BulkChange {
  /** A name of your own for an act that takes several requests, to take all of it back at once; made from the Idempotency-Key when absent */
  act?: string
  /** What is done */
  action: "add_topic" | "remove_topic" | "set_topics" | "add_author" | "remove_author" | "set_authors" | "set_series" | "set_kind" | "set_gate" | "archive" | "unarchive" | "publish" | "schedule" | "retract" | "submit"
  /** With schedule: local time of the publication, such as 2026-12-24T09:00 */
  at?: string
  /** With set_gate to plans */
  gate_plans?: string[]
  /** The notes */
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
  /** The name of the act */
  act: string
  /** In the order asked for */
  results: BulkResult[]
  /** What was done can be taken back for a day, by whoever did it */
  reversible: boolean
}

export interface BulkResult {
  /** Of the fault, as the verb for one note gives it */
  code?: string
  /** A sentence for people */
  detail?: string
  /** Its id, for good */
  id: string
  /** What became of it */
  outcome: "done" | "unchanged" | "refused"
  /** Of the note's draft, where it was read */
  title?: string
  /** Of the note now, unless it was refused */
  version?: number
}

export interface CalendarEntry {
  /** What is done */
  action: "publish" | "update" | "retract"
  /** On the clocks of the zone */
  at: string
  /** How large the change is: silent, minor or major */
  change?: "silent" | "minor" | "major"
  /** The same moment in UTC */
  instant: string
  /** The note */
  note: CalendarNote
  /** The offset from UTC that tells a repeated hour apart, such as +02:00 */
  offset: string
  /** How it stands */
  state: "scheduled" | "done"
}

export interface CalendarNote {
  /** Its id, for good */
  id: string
  /** What sort it is */
  kind: string
  /** The name in addresses */
  slug: string
  /** How it stands */
  status: string
  /** As readers see it, or will */
  title: string
  /** For If-Match */
  version: number
}

export interface CalendarOutputBody {
  /** The entries */
  entries: CalendarEntry[]
  /** The month, such as 2026-07 */
  month: string
  /** There is more than the calendar shows */
  truncated?: boolean
  /** The time zone it is written in */
  zone: string
}

export interface CapabilitiesOutputBody {
  /** What may be done, as words such as notes.write */
  capabilities: CapabilityText[]
}

export interface CapabilityText {
  /** What it belongs to */
  group: string
  /** The name, as people read it */
  name: string
  /** What it allows, in a sentence */
  sentence: string
}

export interface Catalogue {
  /** The authors */
  authors: AuthorBody[]
  /** The issues */
  issues: IssueBody[]
  /** The series */
  series: LabelBody[]
  /** The topics */
  topics: LabelBody[]
}

export interface Ceremony {
  /** Until when it is good */
  expires_at: string
  /** For PublicKeyCredential.parseRequestOptionsFromJSON or parseCreationOptionsFromJSON */
  public_key: unknown
  /** Send it back with the next step */
  ticket: string
}

export interface ChangeKeyInputBody {
  /** Absent keeps it */
  name?: string
  /** The whole list; absent keeps it, empty takes all away */
  origins?: string[]
  /** The whole list; absent keeps it, empty takes all away */
  return_addresses?: string[]
}

export interface ChangeLeadInputBody {
  /** Whether it is dealt with */
  done?: boolean
  /** Whether it was read */
  read?: boolean
  /** A remark for colleagues */
  remark?: string
}

export interface ChangeRedirectInputBody {
  /** The path that no longer leads anywhere */
  from?: string
  /** Whether it answers 301 rather than 302 */
  permanent?: boolean
  /** Where it leads */
  to?: string
}

export interface ChangeRoleInputBody {
  /** What may be done, as words such as notes.write */
  capabilities?: string[]
  /** The name, as people read it */
  name?: string
}

export interface ChangeStaffInputBody {
  /** A disabled colleague is signed out and cannot sign in */
  disabled?: boolean
  /** The name, as people read it */
  name?: string
  /** The id of a role */
  role?: string
}

export interface ChangeTermInputBody {
  /** When it ends */
  ends_at?: string
  /** The bill was paid: the term opens to its end */
  paid?: boolean
  /** A reference of your own, such as a contract's number */
  reference?: string
  /** A remark for colleagues */
  remark?: string
  /** When it begins */
  starts_at?: string
  /** The version the change was made from; left out, nothing is checked */
  version?: number
}

export interface ChurnReason {
  /** How many */
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
  /** When it was */
  at: string
  /** Plain text; empty once deleted */
  body: string
  /** Who did it */
  by: Person
  /** When it was deleted */
  deleted_at?: string
  /** When it was edited */
  edited_at?: string
  /** Its id, for good */
  id: string
  /** Who was called, and told */
  mentions: Person[]
  /** Yours to change or delete */
  mine: boolean
  /** Of a thread, oldest first */
  replies: Reply[]
  /** When the thread was resolved */
  resolved_at?: string
  /** Who resolved the thread */
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
  /** Where it begins */
  from: Revision
  /** HTML, block by block; words that differ stand in del and ins */
  rendered: Row[]
  /** The source, line by line */
  source: Hunk[]
  /** Where it ends */
  to: Revision
}

export interface ConfirmInputBody {
  /** The password */
  password: string
}

export interface ConfirmOutputBody {
  /** Until when security may be changed without the password again */
  confirmed_until: string
}

export interface Contact {
  /** The e-mail address */
  email?: string
  /** The heading */
  headline?: string
  /** The lines */
  lines?: string[]
  /** The telephone number */
  phone?: string
  /** The text, without markup */
  text?: string
}

export interface ContactBlock {
  /** The e-mail address */
  email?: string
  /** The heading */
  headline?: string
  /** The lines */
  lines?: string[]
  /** The telephone number */
  phone?: string
  /** The text, without markup */
  text?: string
}

export interface CreateIssueInputBody {
  /** Id of a picture; empty for none */
  cover?: string
  /** What the cover shows */
  cover_alt?: string
  /** Markdown */
  editorial?: string
  /** The month, such as 2026-07 */
  month?: string
  /** Its number */
  number?: number
  /** Slug */
  series: string
  /** The title */
  title?: string
}

export interface CreateRedirectInputBody {
  /** The path that no longer leads anywhere */
  from: string
  /** Whether it answers 301 rather than 302 */
  permanent: boolean
  /** Where it leads */
  to: string
}

export interface CreateRoleInputBody {
  /** What may be done, as words such as notes.write */
  capabilities: string[]
  /** The name, as people read it */
  name: string
}

export interface DatabaseHealth {
  /** sqlite or postgres */
  engine: "sqlite" | "postgres"
  /** Number of the newest schema step */
  schema: number
  /** How large it is */
  size_bytes: number
  /** The version; it grows with each change */
  version: string
}

export interface DayOpenings {
  /** The day */
  day: string
  /** By members without a right to the note that was paid for or given; whoever opens a public note, too */
  members: number
  /** By who was not signed in */
  strangers: number
  /** By members whom such a right let in */
  subscribers: number
  /** With no more than stands above the paywall */
  teasers: number
  /** With the whole text */
  whole: number
}

export interface Decision {
  /** When it was */
  at: string
  /** Who did it */
  by: Person
  /** What was decided */
  decision: "approve" | "send_back"
  /** Why, as a word to rely on or in a person's words */
  reason: string
  /** The number of the saved state */
  revision: number
}

export interface DeliveriesOutputBody {
  /** The deliveries */
  deliveries: WebhookDelivery[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface DescribeAttachmentInputBody {
  /** Who may have it: public, or as the note */
  access: "note" | "public"
  /** The title */
  title: string
}

export interface DescribeInputBody {
  /** What it shows, for those who do not see it. Texts that show it already keep what they say */
  alt: string
  /** What stands below the picture */
  caption: string
  /** For downloads; without it the name stays */
  filename?: string
}

export interface DrawInputBody {
  /** Markdown; at most 200,000 bytes */
  body: string
}

export interface Drawing {
  /** As HTML */
  html: string
  /** How long reading takes */
  minutes: number
  /** What an editor should look at */
  problems: BodyProblem[]
  /** How many words */
  words: number
}

export interface Drift {
  /** When Stripe changed the plan, or made the price */
  at: string
  /** Three letters, such as usd */
  currency?: string
  /** Which field it is about */
  field: "name" | "description" | "active" | "price_active" | "price_amount" | "price_new"
  /** How often it is paid: month or year */
  interval?: string
  /** What stands here */
  ours: string
  /** What Stripe has */
  stripes: string
}

export interface EndedOutputBody {
  /** How many ended */
  ended: number
}

export interface EnterInputBody {
  /** Of the browser window; made by the client, the same as long as the note is open there */
  window: string
}

export interface ExportInputBody {
  /** notes: a zip of Markdown with pictures and files; members: a CSV */
  what: "notes" | "members"
}

export interface Factors {
  /** The passkeys */
  passkeys: number
  /** How many codes for emergencies are left */
  recovery_codes_left: number
  /** Whether there is an authenticator app */
  totp: boolean
}

export interface FailingJob {
  /** Of the next try, or when it was given up */
  at: string
  /** Which try it was */
  attempt: number
  /** Its id, for good */
  id: number
  /** What sort it is */
  kind: string
  /** After how many tries it is given up */
  max_attempts: number
  /** How it stands */
  state: "retryable" | "discarded"
}

export interface Field {
  /** A stable word for it */
  code: string
  /** A sentence for people */
  detail: string
  /** Where in the request it stands, as a JSON pointer or a parameter's name */
  pointer: string
}

export interface FieldChange {
  /** Which field it is about */
  field: string
  /** Where it begins */
  from: string
  /** Where it ends */
  to: string
  /** The difference, word by word */
  words: Span[]
}

export interface Figures {
  /** Where it begins */
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
  /** What sort of difference it is */
  difference: "paid_without_access" | "access_without_payment" | "purchase_missed" | "purchase_paid_back" | "several_open" | "missing_there" | "unknown_price" | "plan_differed" | "amount_differed" | "bill_differed" | "customer_deleted" | "status_differed" | "missing_here" | "details_differed"
  /** What Stripe says */
  is: string
  /** The id of the member */
  member_id?: string
  /** Whether it was put right */
  repaired: boolean
  /** Its id at Stripe */
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
  /** The name, as people read it */
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
  /** When it was */
  at: string
  /** Without address and name once they have left */
  member: Member
  /** The id of the note */
  note_id: string
  /** As it is called today */
  note_title: string
  /** a4 or letter */
  paper: "a4" | "letter"
  /** The number printed on the copy */
  serial: string
  /** The number it is cited by */
  version: number
}

export interface Gift {
  /** Paid for it, in the smallest unit */
  amount: number
  /** The first four characters of the code */
  code_begins: string
  /** Three letters, such as usd */
  currency: string
  /** The day the buyer chose */
  deliver_at: string
  /** When it was delivered */
  delivered_at?: string
  /** Until when it is good */
  expires_at?: string
  /** The id of who gave it */
  giver_id: string
  /** The name of who gave it */
  giver_name: string
  /** Its id, for good */
  id: string
  /** How many months */
  months: number
  /** When it was paid */
  paid_at?: string
  /** Slug */
  plan: string
  /** The name of the plan */
  plan_name: string
  /** E-mail address */
  recipient: string
  /** The name of who gets it */
  recipient_name: string
  /** When it was redeemed */
  redeemed_at?: string
  /** Member */
  redeemed_by?: string
  /** When all of it was paid back, also where the owner lets it stay */
  refunded_at?: string
  /** As of now; paid waits for its day, expired was not redeemed in time, revoked was paid back */
  state: "paid" | "delivered" | "redeemed" | "expired" | "revoked"
}

export interface GiftsOutputBody {
  /** The presents */
  gifts: Gift[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface GiveInputBody {
  /** What was paid, in the smallest unit of the currency */
  amount?: number
  /** Three letters, such as usd */
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
  /** A remark for colleagues */
  remark?: string
  /** How many may read */
  seats?: number
  /** manual was paid outside of Stripe, such as by bank transfer */
  source: "manual" | "complimentary"
  /** Now, when left out */
  starts_at?: string
}

export interface Health {
  /** The database */
  database: DatabaseHealth
  /** The work in the background */
  jobs: JobsHealth
  /** The sending of mails */
  mail: MailHealth
  /** Where files are kept */
  storage: StorageHealth
  /** The connection to Stripe */
  stripe: StripeHealth
  /** Of the program */
  version: string
}

export interface HeldGrant {
  /** Where it begins */
  from?: string
  /** What sort it is */
  kind: string
  /** Whether it opens something now */
  open: boolean
  /** Slug of the plan */
  plan?: string
  /** Of a subscription, as Stripe names it */
  standing?: string
  /** Until when */
  until?: string
}

export interface Hunk {
  /** The line in the older text */
  from_line: number
  /** The lines */
  lines: Line[]
  /** The line in the newer text */
  to_line: number
}

export interface ImportOptions {
  /** The plan given to who read without paying there; * for every plan */
  complimentary?: string
  /** Needed with complimentary */
  complimentary_until?: string
  /** Publish nothing */
  drafts?: boolean
  /** For texts of systems that do not know gates */
  gate?: "public" | "members" | "paid"
  /** WordPress: the more tag divides what everybody may read from the rest */
  more_is_paywall?: boolean
  /** Where a file has both */
  only?: "notes" | "members"
  /** Write over what was changed here, too */
  overwrite?: boolean
  /** Ghost, WordPress, Substack: the address of the site that has the pictures which the file does not hold. They are fetched from there, and from nowhere else; left out, none is fetched. A dry run fetches nothing and says how many there are */
  pictures_from?: string
  /** Ghost: slugs of tiers, and of the plans that stand for them */
  tiers?: Record<string, string>
}

export interface InReview {
  /** Who approved it */
  approved_by?: Person
  /** That revision still is the working one */
  current: boolean
  /** In the person's own words */
  message: string
  /** None: whoever may review */
  reviewers: Person[]
  /** Number of the revision that was submitted or approved */
  revision: number
  /** How it stands */
  state: "open" | "approved"
  /** When it was submitted */
  submitted_at: string
  /** Who submitted it */
  submitted_by: Person
}

export interface IncomeMonth {
  /** How many began */
  began: number
  /** Not above zero */
  churn: number
  /** Not above zero */
  contraction: number
  /** How many ended */
  ended: number
  /** Paid more than the month before */
  expansion: number
  /** How many began to pay, again or for the first time */
  joined: number
  /** How many stopped */
  left: number
  /** The month, such as 2026-07 */
  month: string
  /** Paid for the first time */
  new: number
  /** Paid again after a gap */
  reactivation: number
  /** Who paid at the end of the month */
  subscribers: number
}

export interface Invitation {
  /** When it was made */
  created_at: string
  /** For which each mail is good */
  days: number
  /** The e-mail address */
  email: string
  /** Whether its time is over */
  expired: boolean
  /** Until when it is good */
  expires_at: string
  /** Its id, for good */
  id: string
  /** Name of a colleague */
  invited_by?: string
  /** The id of a role */
  role: string
  /** The name of the role */
  role_name: string
}

export interface InvitationsOutputBody {
  /** The invitations */
  invitations: Invitation[]
}

export interface InviteInputBody {
  /** For which the link is good; 7 when left out */
  days?: 1 | 7 | 30
  /** The e-mail address */
  email: string
  /** The id of a role */
  role: string
}

export interface Issue {
  /** Id of a picture; without one a cover is drawn */
  cover?: string
  /** What the cover shows */
  cover_alt: string
  /** Markdown */
  editorial: string
  /** The editorial, as HTML */
  editorial_html: string
  /** It does not appear with its first note, but when it is published */
  held: boolean
  /** Its id, for good */
  id: string
  /** What it is called */
  label: string
  /** The month, such as 2026-07 */
  month: string
  /** In order; not in lists */
  notes?: IssueNote[]
  /** Its number */
  number?: number
  /** When readers first saw it */
  published_at?: string
  /** Slug */
  series: string
  /** The name of the series */
  series_name: string
  /** The name in addresses */
  slug: string
  /** How it stands */
  status: "draft" | "published"
  /** The title */
  title: string
  /** Its address */
  url: string
  /** The number in the ETag */
  version: number
}

export interface IssueBody {
  /** Markdown */
  editorial: string
  /** What it is called */
  label: string
  /** Its number */
  number?: number
  /** When it was published, or the first of its notes was */
  published_at?: string
  /** The series */
  series: string
  /** The name in addresses */
  slug: string
  /** The title */
  title: string
}

export interface IssueFields {
  /** Id of a picture; empty for none */
  cover?: string
  /** What the cover shows */
  cover_alt?: string
  /** Markdown */
  editorial?: string
  /** The month, such as 2026-07 */
  month?: string
  /** Its number */
  number?: number
  /** The title */
  title?: string
}

export interface IssueInputBody {
  /** Markdown */
  editorial?: string
  /** Its number */
  number?: number
  /** The title */
  title?: string
}

export interface IssueNote {
  /** Whether there is a draft beside what readers see */
  changed: boolean
  /** Its id, for good */
  id: string
  /** What sort it is */
  kind: string
  /** Its place in the order */
  position: number
  /** The name in addresses */
  slug: string
  /** How it stands */
  status: string
  /** The title */
  title: string
  /** The version; it grows with each change */
  version: number
}

export interface JobsHealth {
  /** Given up */
  failed: number
  /** The newest that failed; why stands in the log */
  failing: FailingJob[]
  /** Since when the oldest waits */
  oldest_queued_at?: string
  /** Due, and not begun */
  queued: number
  /** Failed, and tried again later */
  retrying: number
  /** How many run now */
  running: number
  /** Due later */
  scheduled: number
}

export interface JournalEntry {
  /** The id of who did it */
  actor_id?: string
  /** What sort of actor did it */
  actor_kind: string
  /** The name of who did it, as it was then */
  actor_name: string
  /** When it was */
  at: string
  /** Its id, for good */
  id: string
  /** What the entry says besides; it depends on the verb */
  payload: unknown
  /** Names the request that did it */
  request_id?: string
  /** What it is about */
  subject: string
  /** The id of what it is about */
  subject_id: string
  /** What happened, as a word such as note.published */
  verb: string
}

export interface JournalOutputBody {
  /** The entries */
  entries: JournalEntry[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface KeepViewInputBody {
  /** The columns to show, in order */
  columns?: string[]
  /** How close the lines stand */
  density?: "comfortable" | "compact"
  /** The filters, by the names of the parameters */
  filters?: Record<string, string>
  /** Which list it is for */
  list: "notes" | "members" | "leads"
  /** The name, as people read it */
  name?: string
  /** Whether the order is turned round */
  reverse?: boolean
  /** Whether colleagues see it */
  shared?: boolean
  /** What it is sorted by */
  sort?: string
}

export interface Key {
  /** When it was made */
  created_at: string
  /** Until when it is good */
  expires_at?: string
  /** Its id, for good */
  id: string
  /** To a quarter of an hour */
  last_used_at?: string
  /** The name, as people read it */
  name: string
  /** From where browsers may call with the key; empty: from anywhere, for what is public. Origins as browsers send them: https, or http on the same machine, in small letters, without a path */
  origins: string[]
  /** The beginning of the secret, to tell keys apart */
  prefix: string
  /** The key that took over; this one goes on until expires_at */
  replaced_by?: string
  /** Whereto sign-in links and payment pages may lead back with this key. Compared as they are written; one that ends in a slash stands for everything below it. No fragment, and no code, state or session_id in the query */
  return_addresses: string[]
  /** When it was taken back */
  revoked_at?: string
  /** What the key may do */
  scopes: string[]
}

export interface KeyInputBody {
  /** Until when it is good */
  expires_at?: string
  /** The name, as people read it */
  name: string
  /** Only for a key with the scope content.read and no other */
  origins?: string[]
  /** Only for a key with the scope content.read and no other */
  return_addresses?: string[]
  /** Whole faces, or rooms of the desk one by one; visitors.address is for the server of a front end, which says with it from where a visitor comes. No scope gives the right to make keys or webhooks, or to let somebody work here */
  scopes: ("content.read" | "admin.read" | "admin.write" | "notes.read" | "notes.write" | "notes.publish" | "members.read" | "members.write" | "leads.write" | "billing.write" | "settings.write" | "journal.read" | "operations.write" | "visitors.address")[]
}

export interface KeysOutputBody {
  /** The keys */
  keys: Key[]
}

export interface LabelBody {
  /** A few words about it */
  description: string
  /** The name, as people read it */
  name: string
  /** The name in addresses */
  slug: string
}

export interface LabelInputBody {
  /** A few words about it */
  description?: string
  /** The name, as people read it */
  name: string
}

export interface LanguageChoice {
  /** In the language itself */
  name: string
  /** BCP 47 */
  tag: string
}

export interface Lead {
  /** The firm */
  company: string
  /** When it was made */
  created_at: string
  /** Answered, or not worth an answer */
  done_at?: string
  /** The e-mail address */
  email: string
  /** Its id, for good */
  id: string
  /** access: somebody of a firm on the list asks to read a note */
  kind: "letter" | "access"
  /** When they were signed in */
  member_id?: string
  /** In the person's own words */
  message: string
  /** The name, as people read it */
  name: string
  /** Where they wrote from */
  page: string
  /** When it was read */
  read_at?: string
  /** Of the desk's own */
  remark: string
  /** What it is about */
  subject: string
}

export interface LeadsOutputBody {
  /** The letters */
  leads: Lead[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface LegalPage {
  /** The text, in Markdown */
  body: string
  /** The name in addresses */
  slug: string
  /** The title */
  title: string
}

export interface Line {
  /** Where it begins */
  from?: Span[]
  /** The line in the older text */
  from_line?: number
  /** What became of it */
  op: "same" | "del" | "add" | "change"
  /** Where it ends */
  to?: Span[]
  /** The line in the newer text */
  to_line?: number
}

export interface Link {
  /** What it is called */
  label: string
  /** Its address */
  url: string
}

export interface ListIssuesOutputBody {
  /** The issues */
  issues: Issue[]
}

export interface ListNotesOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  /** The notes */
  notes: ListedNote[]
}

export interface ListRevisionsOutputBody {
  /** The saved states, newest first */
  revisions: Revision[]
}

export interface ListedMember {
  /** When it was made */
  created_at: string
  /** The e-mail address */
  email: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** Names of the plans that are open to them; an empty one is every plan */
  plans: string[]
  /** The best of what they hold; past_due: a renewal could not be paid yet */
  status: "paying" | "past_due" | "complimentary" | "lapsed" | "free"
  /** Has signed in at least once */
  verified: boolean
}

export interface ListedNote {
  /** The authors */
  authors: Ref[]
  /** The draft differs from what readers see */
  changed: boolean
  /** When it was made */
  created_at: string
  /** Only what has this gate */
  gate: string
  /** Its id, for good */
  id: string
  /** The issue */
  issue?: Ref
  /** What sort it is */
  kind: string
  /** Number of the version readers see, or last saw */
  live_version?: number
  /** Only in lists: who else has the note open */
  present?: Person[]
  /** When readers first saw it */
  published_at?: string
  /** Only while it is in review */
  review?: InReview
  /** What is to happen, by time */
  schedules: Schedule[]
  /** The series */
  series?: Ref
  /** The name in addresses */
  slug: string
  /** A note that readers see stays published while its changes are in review or scheduled */
  status: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived"
  /** The title */
  title: string
  /** The topics */
  topics: Ref[]
  /** When it was changed last */
  updated_at: string
  /** The number in the ETag */
  version: number
}

export interface MailHealth {
  /** How many failed */
  failed: number
  /** Why the last one failed */
  last_failure?: string
  /** When the last one failed */
  last_failure_at?: string
  /** When the last one was sent */
  last_sent_at?: string
  /** How it is set up */
  mode: "smtp" | "mailbox"
  /** How many were sent */
  sent: number
}

export interface MakePreviewInputBody {
  /** Whom it is for */
  audience: "anonymous" | "free" | "plan" | "lapsed" | "full"
  /** In a week when left out; at most 90 days from now */
  expires_at?: string
  /** Whom it is for */
  label?: string
  /** Slug; with the audience plan */
  plan?: string
}

export interface Me {
  /** What may be done, as words such as notes.write */
  capabilities: string[]
  /** Until then the account's own security can be changed without the password */
  confirmed_until?: string
  /** The e-mail address */
  email?: string
  /** Of a staff user */
  factors?: Factors
  /** Its id, for good */
  id: string
  /** What sort it is */
  kind: "staff" | "api_key"
  /** The owner requires a second factor; add one before anything else */
  must_enrol?: boolean
  /** The name, as people read it */
  name: string
  /** The id of a role */
  role?: string
  /** The name of the role */
  role_name?: string
}

export interface MediaFile {
  /** Id of the attachment */
  attachment?: Attachment
  /** When it was made */
  created_at: string
  /** Who made it */
  created_by?: string
  /** Its id, for good */
  id: string
  /** What sort it is */
  kind: "picture" | "pdf" | "sheet" | "data"
  /** That the file is attached to */
  note?: Place
  /** The picture */
  picture?: Picture
}

export interface MediaFolder {
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** Absent at the top */
  parent?: string
  /** Directly in it */
  pictures: number
}

export interface MediaOutputBody {
  /** The files */
  files: MediaFile[]
  /** Give it as cursor for the next page; empty on the last */
  next?: string
}

export interface Member {
  /** When it was made */
  created_at: string
  /** The e-mail address */
  email: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** Has signed in at least once */
  verified: boolean
}

export interface MemberBulk {
  /** What is done */
  action: "give_access" | "end_access"
  /** With give_access; the moment itself is outside */
  ends_at?: string
  /** The members */
  members: string[]
  /** Slug. Left out, what is given is every plan, and what ends is whatever was given */
  plan?: string
  /** For colleagues; with end_access, why */
  remark?: string
  /** With give_access; now, when left out */
  starts_at?: string
}

export interface MemberBulkOutputBody {
  /** In the order asked for */
  results: BulkResult[]
}

export interface MemberCancellation {
  /** What was said, in the person's own words */
  comment: string
  /** When it was made */
  created_at: string
  /** Empty when nothing was chosen */
  reason: string
  /** When the cancellation was taken back */
  taken_back_at?: string
}

export interface MemberDetail {
  /** When it was made */
  created_at: string
  /** Address and name are gone then */
  deleted_at?: string
  /** The e-mail address */
  email: string
  /** Its id, for good */
  id: string
  /** The name, as people read it */
  name: string
  /** As the member wrote it */
  organization: string
  /** How many devices sign in by themselves */
  passkeys: number
  /** The member has set one */
  password: boolean
  /** Where somebody is signed in */
  sessions: OpenSession[]
  /** Notes they shared by a link, at most the newest hundred */
  shared: number
  /** In how many browsers those were opened */
  shared_opened: number
  /** The account looked shared within a month */
  sharing?: SharingSign
  /** The subscriptions, newest first */
  subscriptions: MemberSubscription[]
  /** Has signed in at least once */
  verified: boolean
}

export interface MemberInvoice {
  /** When it was billed */
  billed_at: string
  /** As it was billed */
  billed_email: string
  /** As it was billed */
  billed_name: string
  /** Three letters, such as usd */
  currency: string
  /** Its number */
  number: string
  /** The address of the PDF */
  pdf_url?: string
  /** What was paid back */
  refunded: number
  /** What is still to be paid */
  remaining: number
  /** How it stands */
  status: "open" | "paid" | "uncollectible" | "void"
  /** Taxes */
  tax: number
  /** All together */
  total: number
  /** Its address */
  url?: string
}

export interface MemberLetter {
  /** When it was over */
  closed_at?: string
  /** When it was made */
  created_at: string
  /** What sort it is */
  kind: string
  /** How it stands */
  state: "queued" | "sent" | "dropped"
}

export interface MemberMoney {
  /** When and why the member cancelled */
  cancellations: MemberCancellation[]
  /** Payments that a bank took back */
  disputes: MoneyBack[]
  /** The newest twelve */
  invoices: MemberInvoice[]
  /** The letters, newest first */
  letters: MemberLetter[]
  /** What was paid back */
  refunds: MoneyBack[]
}

export interface MemberSubscription {
  /** A payment failed; access goes on until then */
  grace_until?: string
  /** Slug of the plan */
  plan: string
  /** As Stripe names it */
  status: string
}

export interface MembersOutputBody {
  /** The members */
  members: ListedMember[]
  /** Give it as cursor for the next page; empty on the last */
  next?: string
}

export interface MergerInputBody {
  /** Slug of what stays */
  into: string
}

export interface Moment {
  /** When it was */
  at: string
  /** A letter that was not taken, or an event that could not be worked on yet */
  bad?: boolean
  /** Who did it */
  by?: string
  /** Its id, for good */
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
  /** Three letters, such as usd */
  currency: string
  /** How many months */
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
  /** In the smallest unit of the currency */
  amount: number
  /** Until when the bank waits for an answer */
  answer_by?: string
  /** Three letters, such as usd */
  currency: string
  /** When it was made */
  made_at: string
  /** Why, as a word to rely on or in a person's words */
  reason: string
  /** As Stripe names it */
  status: string
}

export interface MovedAnchor {
  /** In which block it began, counted from 0: a hint */
  block?: number
  /** The words before the passage */
  prefix?: string
  /** The words of the passage */
  quote: string
  /** The words after the passage */
  suffix?: string
  /** The first comment of the thread */
  thread: string
}

export interface MyPasswordInputBody {
  /** The password of today */
  current_password: string
  /** The password from now on */
  new_password: string
}

export interface NameInputBody {
  /** The name, as people read it */
  name: string
}

export interface NameUsesBody {
  /** The authors */
  authors: Record<string, number>
  /** The series */
  series: Record<string, number>
  /** The topics */
  topics: Record<string, number>
}

export interface NewKey {
  /** When it was made */
  created_at: string
  /** Until when it is good */
  expires_at?: string
  /** Its id, for good */
  id: string
  /** To a quarter of an hour */
  last_used_at?: string
  /** The name, as people read it */
  name: string
  /** From where browsers may call with the key; empty: from anywhere, for what is public. Origins as browsers send them: https, or http on the same machine, in small letters, without a path */
  origins: string[]
  /** The beginning of the secret, to tell keys apart */
  prefix: string
  /** The key that took over; this one goes on until expires_at */
  replaced_by?: string
  /** Whereto sign-in links and payment pages may lead back with this key. Compared as they are written; one that ends in a slash stands for everything below it. No fragment, and no code, state or session_id in the query */
  return_addresses: string[]
  /** When it was taken back */
  revoked_at?: string
  /** What the key may do */
  scopes: string[]
  /** Shown once and kept nowhere */
  secret: string
}

export interface NewOfferInputBody {
  /** In the smallest unit of the currency */
  amount?: number
  /** Whether it is put away: nothing new comes of it */
  archived?: boolean
  /** 3 to 40 letters and digits; never used twice */
  code: string
  /** Three letters, such as usd */
  currency?: string
  /** A few words about it */
  description?: string
  /** For how long the offer holds */
  duration?: "once" | "repeating" | "forever"
  /** When it ends */
  ends_at?: string
  /** What the offer gives */
  gift: "percent" | "amount" | "trial"
  /** What sort it is */
  kind: "signup" | "retention"
  /** Left out: no limit */
  max_redemptions?: number
  /** Of repeating */
  months?: number
  /** Invoices show it */
  name: string
  /** Percent off */
  percent?: number
  /** Left out: every plan */
  plan?: string
  /** When it begins */
  starts_at?: string
  /** Days before the first payment */
  trial_days?: number
}

export interface NewOrder {
  /** The address */
  address?: string
  /** In the smallest unit of the currency */
  amount: number
  /** The firm */
  company: string
  /** Three letters, such as usd */
  currency: string
  /** Days until it must be paid */
  days_until_due: number
  /** The e-mail address */
  email: string
  /** How many months */
  months: number
  /** The name, as people read it */
  name?: string
  /** It opens at its start and closes when the bill is overdue by the rules of sale; else it opens once it is paid */
  open_unpaid?: boolean
  /** Slug; left out, every plan */
  plan?: string
  /** How many may read */
  seats?: number
  /** Mail it at once */
  send?: boolean
  /** Left out: when it is accepted, or when what they have ends */
  starts_at?: string
  /** What it says of taxes */
  tax_words?: string
  /** For how many days the quote holds */
  valid_days: number
  /** To the buyer */
  words?: string
}

export interface NewPlanInputBody {
  /** Whether the licence lets assistants read for who holds the plan; without it they get teasers */
  ai_use?: boolean
  /** Whether it is put away: nothing new comes of it */
  archived?: boolean
  /** What subscribers get, line by line */
  benefits?: string[]
  /** A few words about it */
  description?: string
  /** The name, as people read it */
  name: string
  /** Its place in the order */
  position?: number
  /** What it costs */
  prices: Price[]
  /** How many may read */
  seats?: Seats
  /** Gates name the plan by it; it never changes */
  slug: string
  /** Days before the first payment */
  trial_days?: number
  /** The version the change was made from; left out, nothing is checked */
  version?: number
  /** Whether the page with the plans shows it */
  visible?: boolean
}

export interface NewWebhook {
  /** When it was made */
  created_at: string
  /** Patterns: *, note.*, note.published */
  events: string[]
  /** Since then nothing got through */
  failing_since?: string
  /** Notes come with their whole text, also from behind the paywall */
  full_text: boolean
  /** Its id, for good */
  id: string
  /** When a call got through last */
  last_ok?: string
  /** The name, as people read it */
  name: string
  /** Until then the secret of before signs along */
  old_secret_until?: string
  /** Checks the signatures. Shown once */
  secret: string
  /** paused: by itself, since nothing got through */
  state: "on" | "off" | "paused"
  /** When it was changed last */
  updated_at: string
  /** Its address */
  url: string
  /** The number in the ETag */
  version: number
  /** Of a pause */
  why?: string
}

export interface Note {
  /** The public summary */
  abstract: string
  /** The authors */
  authors: Ref[]
  /** The text, in Markdown */
  body: string
  /** The draft differs from what readers see */
  changed: boolean
  /** The picture on top */
  cover?: string
  /** What the cover shows */
  cover_alt: string
  /** Only what has this gate */
  gate: string
  /** Slugs of the plans that open it, for the gate plans */
  gate_plans: string[]
  /** Whether there is a paywall in the body */
  has_paywall: boolean
  /** Its id, for good */
  id: string
  /** The issue */
  issue?: Ref
  /** What sort it is */
  kind: string
  /** Number of the version readers see, or last saw */
  live_version?: number
  /** How long reading takes */
  minutes: number
  /** Its place in the order */
  position: number
  /** Only in lists: who else has the note open */
  present?: Person[]
  /** What the renderer found in this save */
  problems?: BodyProblem[]
  /** When readers first saw it */
  published_at?: string
  /** Why it was withdrawn, in words for readers */
  retraction?: string
  /** Only while it is in review */
  review?: InReview
  /** Number of the working revision */
  revision: number
  /** What is to happen, by time */
  schedules: Schedule[]
  /** The description for search engines; empty: the abstract */
  seo_description: string
  /** The title for search engines; empty: the title */
  seo_title: string
  /** The series */
  series?: Ref
  /** The name in addresses */
  slug: string
  /** A note that readers see stays published while its changes are in review or scheduled */
  status: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived"
  /** The title */
  title: string
  /** The topics */
  topics: Ref[]
  /** When it was changed last */
  updated_at: string
  /** Its page on the portal */
  url: string
  /** The number in the ETag */
  version: number
  /** How many words */
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
  /** What the cover shows */
  cover_alt?: string
  /** Who may read what stands below the paywall; paid when absent */
  gate?: "public" | "members" | "paid" | "plans"
  /** With the gate plans: slugs of the plans */
  gate_plans?: string[]
  /** Slug within the series, such as 2021-07 */
  issue?: string
  /** What sort it is */
  kind?: "newsletter" | "research-note" | "perspective" | "forecast" | "data"
  /** Order within the issue */
  position?: number
  /** The description for search engines; empty: the abstract */
  seo_description?: string
  /** The title for search engines; empty: the title */
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
  /** Three letters, such as usd */
  currency: string
}

export interface NotePriceInputBody {
  /** In the smallest unit of the currency */
  amount: number
  /** Three letters, such as usd */
  currency?: string
}

export interface Notification {
  /** Who did it */
  by: Person
  /** On the note: what was said or settled */
  comment?: string
  /** When it was made */
  created_at: string
  /** Its id, for good */
  id: string
  /** The issue */
  issue?: string
  /** review_requested, review_withdrawn, approved, sent_back, published, updated, retracted, schedule_failed, commented, comment_reply, mentioned, comment_resolved, comment_reopened */
  kind: string
  /** The note */
  note?: string
  /** When it was read */
  read_at?: string
  /** A message or reason, in somebody's words */
  text: string
  /** Of the note or issue */
  title: string
}

export interface NotificationsOutputBody {
  /** Give it as cursor for the next page; empty on the last */
  next?: string
  /** The notifications */
  notifications: Notification[]
  /** How many were not read, in all */
  unread: number
}

export interface Offer {
  /** In the smallest unit of the currency */
  amount?: number
  /** Whether it is put away: nothing new comes of it */
  archived?: boolean
  /** Its address is /offer/{code} */
  code: string
  /** When it was made */
  created_at: string
  /** Three letters, such as usd */
  currency?: string
  /** A few words about it */
  description?: string
  /** For how long the offer holds */
  duration?: "once" | "repeating" | "forever"
  /** When it ends */
  ends_at?: string
  /** What the offer gives */
  gift: "percent" | "amount" | "trial"
  /** By people who are at the payment page now */
  held: number
  /** What sort it is */
  kind: "signup" | "retention"
  /** Left out: no limit */
  max_redemptions?: number
  /** Stripe was told of this version */
  mirrored: boolean
  /** Of repeating */
  months?: number
  /** Invoices show it */
  name: string
  /** Percent off */
  percent?: number
  /** The plan it is for; left out: every plan */
  plan?: string
  /** When it begins */
  starts_at?: string
  /** How it stands */
  state: "open" | "coming" | "over" | "used_up"
  /** How often it was taken up */
  taken: number
  /** Days before the first payment */
  trial_days?: number
  /** The version; it grows with each change */
  version: number
}

export interface OfferInputBody {
  /** Whether it is put away: nothing new comes of it */
  archived?: boolean
  /** A few words about it */
  description?: string
  /** When it ends */
  ends_at?: string
  /** Left out: no limit */
  max_redemptions?: number
  /** Invoices show it */
  name: string
  /** When it begins */
  starts_at?: string
  /** The version the change was made from; left out, nothing is checked */
  version?: number
}

export interface OffersOutputBody {
  /** The offers */
  offers: Offer[]
}

export interface OpenSession {
  /** When it was made */
  created_at: string
  /** The one that asks */
  current: boolean
  /** Browser and system, as far as they can be told */
  device: string
  /** Until when it is good */
  expires_at: string
  /** Its id, for good */
  id: string
  /** To a quarter of an hour */
  last_seen_at: string
  /** Where it was used */
  surface: string
}

export interface OpenedInvitation {
  /** The e-mail address */
  email: string
  /** Until when it is good */
  expires_at: string
  /** Who invites */
  invited_by?: string
  /** The publication */
  publication: string
  /** The name of the role */
  role_name: string
}

export interface OpenedNote {
  /** Its id, for good */
  id: string
  /** By members without a right to the note that was paid for or given; whoever opens a public note, too */
  members: number
  /** The name in addresses */
  slug: string
  /** By who was not signed in */
  strangers: number
  /** By members whom such a right let in */
  subscribers: number
  /** With no more than stands above the paywall */
  teasers: number
  /** Empty when the note is gone */
  title: string
  /** With the whole text */
  whole: number
}

export interface OpenedResetBody {
  /** The e-mail address */
  email: string
  /** Until when it is good */
  expires_at: string
}

export interface Openings {
  /** By members without a right to the note that was paid for or given; whoever opens a public note, too */
  members: number
  /** By who was not signed in */
  strangers: number
  /** By members whom such a right let in */
  subscribers: number
  /** With no more than stands above the paywall */
  teasers: number
  /** With the whole text */
  whole: number
}

export interface Order {
  /** When it was accepted */
  accepted_at?: string
  /** Who accepted it, as typed */
  accepted_name: string
  /** Lines */
  address: string
  /** For all of it, in the smallest unit */
  amount: number
  /** When it was over */
  closed_at?: string
  /** The firm */
  company: string
  /** When it was made */
  created_at: string
  /** Three letters, such as usd */
  currency: string
  /** Days until it must be paid */
  days_until_due: number
  /** When it must be paid */
  due_at?: string
  /** The e-mail address */
  email: string
  /** Of the quote */
  expires_at: string
  /** Its id, for good */
  id: string
  /** The number of the bill, as Stripe gave it */
  invoice_number: string
  /** The page of the bill at Stripe */
  invoice_url: string
  /** Of the page on which it is accepted; while it can be */
  link?: string
  /** Who made it */
  made_by: string
  /** Who may read; known once it is accepted */
  member_id?: string
  /** How many months */
  months: number
  /** The name, as people read it */
  name: string
  /** As people call it */
  number: number
  /** Whether it opens before it is paid */
  open_unpaid: boolean
  /** When it was paid */
  paid_at?: string
  /** The address of the PDF */
  pdf_url: string
  /** Slug; empty is every plan */
  plan: string
  /** The name of the plan */
  plan_name: string
  /** The buyer's own order number */
  po_number: string
  /** Code of what keeps the bill from being written */
  problem: string
  /** How many may read */
  seats: number
  /** How often the quote was mailed */
  sent: number
  /** Left out: when it is accepted */
  starts_at?: string
  /** As of now; accepted waits for its bill, invoiced for its payment */
  state: "quoted" | "expired" | "accepted" | "invoiced" | "overdue" | "paid" | "void" | "declined"
  /** The tax number */
  tax_id: string
  /** What the bill says about taxes */
  tax_words: string
  /** What the order says besides */
  words: string
}

export interface OrdersOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  /** The orders */
  orders: Order[]
}

export interface Page {
  /** The text of the page, in Markdown */
  body: string
  /** As HTML */
  html?: string
  /** The name in addresses */
  slug: string
  /** The title */
  title: string
}

export interface Passkey {
  /** When it was made */
  created_at: string
  /** Its id, for good */
  id: string
  /** When it was used last */
  last_used_at?: string
  /** The name, as people read it */
  name: string
}

export interface PasskeyInputBody {
  /** PublicKeyCredential.toJSON() */
  credential: unknown
  /** Of the options */
  ticket: string
}

export interface PasskeysOutputBody {
  /** The passkeys */
  passkeys: Passkey[]
}

export interface Person {
  /** Of a staff user or a key; absent for the system */
  id?: string
  /** The name, as people read it */
  name: string
}

export interface Picture {
  /** What the picture shows, for who cannot see it */
  alt: string
  /** How large it is */
  bytes: number
  /** What stands below the picture */
  caption: string
  /** Cut for the cards that other sites show, around the focus */
  card: string
  /** What sort of file it is */
  content_type: string
  /** When it was made */
  created_at: string
  /** Name of who uploaded it */
  created_by?: string
  /** How often its file was given */
  edition: number
  /** When this edition came */
  edition_at: string
  /** Who gave this edition */
  edition_by?: string
  /** The name of the file */
  filename: string
  /** The point that no crop may lose */
  focus: Focus
  /** Absent: in none */
  folder?: string
  /** In pixels */
  height: number
  /** Its id, for good */
  id: string
  /** This edition; what it names never changes */
  src: string
  /** Smaller prints of this edition */
  srcset?: string
  /** The picture can be used in every state; smaller widths follow */
  state: "processing" | "ready" | "failed"
  /** Use it in a note's Markdown: it shows the edition of the day */
  url: string
  /** In pixels */
  width: number
}

export interface PictureBulk {
  /** What is done */
  action: "move" | "delete"
  /** With move: id of the folder, or nothing for none */
  folder?: string
  /** The pictures */
  pictures: string[]
}

export interface PictureBulkOutputBody {
  /** In the order asked for */
  results: BulkResult[]
}

export interface PictureEdition {
  /** When it came */
  at: string
  /** Who did it */
  by?: string
  /** How large it is */
  bytes: number
  /** Which edition of the file it is */
  edition: number
  /** In pixels */
  height: number
  /** The address of this edition */
  src: string
  /** In pixels */
  width: number
}

export interface PicturesOutputBody {
  /** Give it as cursor for the next page; empty on the last */
  next?: string
  /** The pictures */
  pictures: Picture[]
}

export interface Place {
  /** In what is being worked on, where that is not what readers see */
  draft: boolean
  /** Of a note: other revisions that show it */
  earlier: number
  /** Of the note or issue */
  id?: string
  /** What sort it is */
  kind: "note" | "issue" | "publication"
  /** Readers see it there */
  live: boolean
  /** The title */
  title: string
  /** Of a note: past versions that can be cited, newest first */
  versions: number[]
}

export interface Plan {
  /** Assistants may read for who holds it, over MCP */
  ai_use: boolean
  /** Whether it is put away: nothing new comes of it */
  archived: boolean
  /** What subscribers get, line by line */
  benefits: string[]
  /** When it was changed last */
  changed_at: string
  /** Who changed it last */
  changed_by?: string
  /** A few words about it */
  description: string
  /** What somebody changed at Stripe since */
  drift: Drift[]
  /** When Stripe was last asked */
  looked_at?: string
  /** Stripe was told of this version */
  mirrored: boolean
  /** The name, as people read it */
  name: string
  /** Its place in the order */
  position: number
  /** What it costs */
  prices: Price[]
  /** How many may read */
  seats: Seats
  /** The name in addresses */
  slug: string
  /** Days before the first payment */
  trial_days: number
  /** The version; it grows with each change */
  version: number
  /** Listed on the page of plans; others are sold by their address */
  visible: boolean
}

export interface PlanBody {
  /** Whether the licence lets assistants read for who holds the plan; without it they get teasers */
  ai_use?: boolean
  /** Whether it is put away: nothing new comes of it */
  archived?: boolean
  /** What subscribers get, line by line */
  benefits?: string[]
  /** A few words about it */
  description?: string
  /** The name, as people read it */
  name: string
  /** Its place in the order */
  position?: number
  /** What it costs */
  prices: Price[]
  /** How many may read */
  seats?: Seats
  /** Days before the first payment */
  trial_days?: number
  /** The version the change was made from; left out, nothing is checked */
  version?: number
  /** Whether the page with the plans shows it */
  visible?: boolean
}

export interface PlanOrderInputBody {
  /** Plans that are not named come after */
  slugs: string[]
}

export interface PlanValue {
  /** The name, as people read it */
  name: string
  /** Slug of the plan */
  plan: string
  /** How many pay for it */
  subscribers: number
  /** A month */
  value: number
}

export interface PlansOutputBody {
  /** The plans */
  plans: Plan[]
}

export interface PolicyInputBody {
  /** Whether a dispute ends the subscription */
  end_on_dispute?: boolean
  /** Whether a refund ends the subscription */
  end_on_refund?: boolean
  /** For how many days a failed payment leaves access open */
  grace_days?: number
  /** For how many months payments may be paused; 0 is never */
  pause_months?: number
  /** How many years bills are kept */
  retention_years?: number
}

export interface PresenceOutputBody {
  /** Who else has the note open */
  people: Person[]
}

export interface PreviewLink {
  /** The kind of reader as whom the draft is seen */
  audience: "anonymous" | "free" | "plan" | "lapsed" | "full"
  /** When it was made */
  created_at: string
  /** Who made it */
  created_by: Person
  /** When it ended */
  ended_at?: string
  /** Until when it is good */
  expires_at: string
  /** Its id, for good */
  id: string
  /** Whom it is for */
  label: string
  /** How often */
  opened: number
  /** Last */
  opened_at?: string
  /** Slug of the plan */
  plan?: string
  /** How it stands */
  state: "open" | "expired" | "revoked" | "published" | "retracted" | "archived"
  /** Only in the answer that makes it; nobody can find it out afterwards */
  url?: string
}

export interface PreviewsOutputBody {
  /** The links */
  links: PreviewLink[]
}

export interface Price {
  /** In the smallest unit of the currency; left out with bands */
  amount?: number
  /** Of a plan whose seats are bought by number */
  bands?: Band[]
  /** ISO 4217, small letters */
  currency: string
  /** How often it is paid: month or year */
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
  /** The page that explains the code */
  type: string
}

export interface Profile {
  /** A longer text about the publication */
  about?: string
  /** The accent colour, as #rrggbb */
  accent?: string
  /** What subscribers get, line by line */
  benefits?: string[]
  /** How to reach the publication */
  contact?: Contact
  /** The links at the foot of each page */
  footer?: Link[]
  /** How the front page looks */
  home?: string
  /** The tag of the language, such as en */
  language?: string
  /** Id of the picture that stands for the name */
  logo?: string
  /** Id of the one for dark screens */
  logo_dark?: string
  /** The name, as people read it */
  name: string
  /** The links on top of each page */
  navigation?: Link[]
  /** What readers are told about it */
  notice?: string
  /** The publication's own pages, such as its terms */
  pages?: Page[]
  /** Links to other places of the publication */
  social?: Link[]
  /** A line about the publication */
  tagline?: string
  /** The time zone, such as Europe/Berlin */
  time_zone?: string
  /** Its type */
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

export interface Readership {
  /** Days of UTC, in order; one on which nothing was opened is left out */
  days: DayOpenings[]
  /** Where it begins */
  from: string
  /** Those that were opened most, first */
  notes: OpenedNote[]
  /** By where it was read */
  surfaces: SurfaceOpenings[]
  /** Where it ends */
  to: string
  /** All together */
  total: Openings
}

export interface Reading {
  /** When it was */
  at: string
  /** Who may read the note, as it is today */
  gate: string
  /** What they held at that moment */
  grants: HeldGrant[]
  /** How much of it was open */
  level: "full" | "preview" | "denied"
  /** Those that open it, for the gate plans */
  plans: string[]
  /** Why, as a word to rely on or in a person's words */
  reason: string
  /** The reason in plain words */
  sentence: string
}

export interface ReanchorInputBody {
  /** Where the passages stand */
  anchors: MovedAnchor[]
}

export interface Reconciliation {
  /** Who asked for it */
  asked_by: string
  /** Subscriptions put right */
  changed: number
  /** Subscriptions so far */
  checked: number
  /** When it was made */
  created_at: string
  /** When it ended */
  ended_at?: string
  /** Code of what stopped it */
  error?: string
  /** Only when one comparison is asked for; at most 1000 */
  findings?: Finding[]
  /** Of them, those of somebody else on the same account */
  foreign: number
  /** Its id, for good */
  id: string
  /** Whether it only compares or also repairs */
  mode: "dry_run" | "repair"
  /** How it stands */
  state: "queued" | "running" | "done" | "failed"
}

export interface ReconciliationsOutputBody {
  /** The comparisons, newest first */
  reconciliations: Reconciliation[]
}

export interface RecoveryCodes {
  /** Each signs in once when app and key are lost. Shown once */
  recovery_codes?: string[]
}

export interface Redirect {
  /** When it was made */
  created_at: string
  /** Name of whoever made it */
  created_by: string
  /** A path of the portal, decoded */
  from: string
  /** Its id, for good */
  id: string
  /** 301, else 302 */
  permanent: boolean
  /** A path of the portal, or an address that begins with https:// */
  to: string
  /** When it was changed last */
  updated_at: string
}

export interface RedirectsOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  /** The redirects */
  redirects: Redirect[]
}

export interface Ref {
  /** The name, as people read it */
  name: string
  /** The name in addresses */
  slug: string
}

export interface RemarkBody {
  /** Plain text */
  body: string
  /** Staff users who are called in it; they are told */
  mentions?: string[]
}

export interface RenameMeInputBody {
  /** The name, as people read it */
  name: string
}

export interface RenamePasskeyInputBody {
  /** The name, as people read it */
  name: string
}

export interface ReplayInputBody {
  /** Where it begins */
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
  /** When it was */
  at: string
  /** Plain text; empty once deleted */
  body: string
  /** Who did it */
  by: Person
  /** When it was deleted */
  deleted_at?: string
  /** When it was edited */
  edited_at?: string
  /** Its id, for good */
  id: string
  /** Who was called */
  mentions: Person[]
  /** Whether it is yours */
  mine: boolean
  /** Also the ETag of the comment */
  version: number
}

export interface ReportLine {
  /** What sort it is */
  kind: "note" | "member" | "issue" | "picture" | "file"
  /** What is to be said of the entry */
  messages: string[]
  /** Its number */
  number: number
  /** What became of it */
  outcome: "made" | "updated" | "unchanged" | "skipped" | "conflict" | "failed"
  /** In the file */
  place: string
  /** The note or member here */
  subject?: string
  /** Of a note; members are not named */
  title?: string
}

export interface ReportOutputBody {
  /** The lines */
  lines: ReportLine[]
  /** Send it as after to get the following page */
  next?: number
}

export interface ResetInputBody {
  /** The password */
  password: string
}

export interface RestoreInputBody {
  /** Why, in the person's words */
  why?: string
}

export interface Revenue {
  /** How many bills */
  bills: number
  /** The month, such as 2026-07 */
  month: string
  /** The name, as people read it */
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
  /** What was decided */
  decision: "approve" | "send_back"
  /** Required to send a note back */
  reason?: string
}

export interface ReviewsOutputBody {
  /** The submissions, newest first */
  submissions: Submission[]
}

export interface Revision {
  /** Whether it was approved */
  approved: boolean
  /** Whether it was saved without anybody asking for it */
  autosave: boolean
  /** When it was made */
  created_at: string
  /** Who made it */
  created_by: string
  /** The id of who made it */
  created_by_id?: string
  /** Readers see this one */
  live: boolean
  /** Readers see it, or saw it, as this version */
  live_version?: number
  /** Given by hand */
  name?: string
  /** Its number */
  number: number
  /** When readers first saw it */
  published_at?: string
  /** Number of the revision it brought back */
  restored_from?: number
  /** The last autosave in it */
  saved_at: string
  /** Reviewers were asked about this one */
  submitted: boolean
  /** The title */
  title: string
  /** Why, in the person's words */
  why?: string
  /** How many words */
  words: number
}

export interface RevisionText {
  /** The public summary */
  abstract: string
  /** Whether it was approved */
  approved: boolean
  /** Whether it was saved without anybody asking for it */
  autosave: boolean
  /** The text, in Markdown */
  body: string
  /** When it was made */
  created_at: string
  /** Who made it */
  created_by: string
  /** The id of who made it */
  created_by_id?: string
  /** As HTML */
  html: string
  /** Readers see this one */
  live: boolean
  /** Readers see it, or saw it, as this version */
  live_version?: number
  /** Given by hand */
  name?: string
  /** Its number */
  number: number
  /** When readers first saw it */
  published_at?: string
  /** Number of the revision it brought back */
  restored_from?: number
  /** The last autosave in it */
  saved_at: string
  /** Reviewers were asked about this one */
  submitted: boolean
  /** The title */
  title: string
  /** Why, in the person's words */
  why?: string
  /** How many words */
  words: number
}

export interface RevokeTermInputBody {
  /** Why, in the person's words */
  why?: string
}

export interface Role {
  /** It cannot be changed */
  built_in: boolean
  /** What may be done, as words such as notes.write */
  capabilities: string[]
  /** The name of a built-in role, or a UUID */
  id: string
  /** The name, as people read it */
  name: string
  /** How many have it, disabled ones too */
  staff: number
}

export interface RolesOutputBody {
  /** The roles */
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
  /** The block as it was, as HTML */
  from_html?: string
  /** What became of it */
  op: "same" | "del" | "add" | "change" | "skip"
  /** The block as it is, as HTML */
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
  /** How many paid notes a free member may read in a month */
  free_notes?: number
  /** Whether a present stays open after a refund */
  gift_keeps?: number
  /** How long presents may last */
  gift_months?: number[]
  /** Whether presents are sold */
  gifts?: boolean
  /** For how many days an unpaid order stays open */
  overdue_days?: number
  /** Whether quotes are written for firms */
  quotes?: boolean
  /** Whether a full refund closes what was bought */
  refund_closes?: boolean
}

export interface Schedule {
  /** What is done */
  action: "publish" | "update" | "retract"
  /** On the clocks of the zone */
  at: string
  /** Who did it */
  by: Person
  /** How large the change is: silent, minor or major */
  change?: "silent" | "minor" | "major"
  /** The same moment in UTC */
  instant: string
  /** What readers are told about it */
  notice?: string
  /** The offset from UTC that tells a repeated hour apart, such as +02:00 */
  offset: string
  /** Why, as a word to rely on or in a person's words */
  reason?: string
  /** Number of the revision that goes out; later edits are not in it */
  revision?: number
  /** The time zone it is written in */
  zone: string
}

export interface ScheduleInputBody {
  /** What is done */
  action: "publish" | "update" | "retract"
  /** Local time of the publication */
  at: string
  /** As in publishing */
  change?: "silent" | "minor" | "major"
  /** Only move it: what goes out stays as it is */
  keep_revision?: boolean
  /** What readers are told about it */
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
  /** Where it ends */
  to?: number
}

export interface SecondFactorInputBody {
  /** One of the codes for emergencies */
  recovery_code?: string
  /** Send it back with the next step */
  ticket: string
  /** Six digits from the app */
  totp?: string
}

export interface SeenNote {
  /** Its id, for good */
  id: string
  /** A note that has changed since is left alone */
  version: number
}

export interface SelectedNote {
  /** The draft differs from what readers see */
  changed: boolean
  /** Its id, for good */
  id: string
  /** How it stands */
  status: "draft" | "in_review" | "scheduled" | "published" | "retracted" | "archived"
  /** The title */
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
  /** Where somebody is signed in */
  sessions: OpenSession[]
}

export interface Settings {
  /** A longer text about the publication */
  about: string
  /** Colour of links and buttons, such as #17508f; empty for the house's own */
  accent: string
  /** What subscribers get, line by line */
  benefits: string[]
  /** Mail domains of firms whose people may ask for access to a note */
  company_domains: string[]
  /** How to reach the publication */
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
  /** The address of the logo for dark screens */
  logo_dark_url?: string
  /** The address of the logo */
  logo_url?: string
  /** Members may have a password beside links, codes and passkeys */
  member_passwords: boolean
  /** On how many devices a member may be signed in at once; 0 for any number. The one that was not used for the longest time makes room */
  member_sessions: number
  /** The name, as people read it */
  name: string
  /** Empty for the portal's own entries */
  navigation: Link[]
  /** What readers are told about it */
  notice: string
  /** The publication's own pages, such as its terms */
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
  /** A line about the publication */
  tagline: string
  /** IANA name */
  time_zone: string
  /** Letters that texts are set in */
  type: "serif" | "sans"
  /** Send it in If-Match with a change */
  version: string
}

export interface SettingsChange {
  /** A longer text about the publication */
  about?: string
  /** The accent colour, as #rrggbb */
  accent?: string
  /** What subscribers get, line by line */
  benefits?: string[]
  /** Domains of firms whose people may ask for access */
  company_domains?: string[]
  /** How to reach the publication */
  contact?: ContactBlock
  /** The links at the foot of each page */
  footer?: Link[]
  /** Whether nobody may approve their own notes */
  four_eyes?: boolean
  /** How the front page looks */
  home?: "issue" | "stream" | "series"
  /** The tag of the language, such as en */
  language?: string
  /** Id of the picture that stands for the name */
  logo?: string
  /** Id of the one for dark screens */
  logo_dark?: string
  /** Whether members may have a password */
  member_passwords?: boolean
  /** In how many places a member may be signed in; 0 is any number */
  member_sessions?: number
  /** The name, as people read it */
  name?: string
  /** The links on top of each page */
  navigation?: Link[]
  /** What readers are told about it */
  notice?: string
  /** The publication's own pages, such as its terms */
  pages?: LegalPage[]
  /** Whether programs that train on text are asked to stay away */
  refuse_ai_crawlers?: boolean
  /** Whether staff need a second factor */
  require_second_factor?: boolean
  /** For how many days a shared link is good */
  share_days?: number
  /** How many people may open a shared link */
  share_openings?: number
  /** How many notes a member may share in a month */
  shared_notes?: number
  /** From how many PDF copies a day an account looks shared */
  sharing_copies?: number
  /** From how many networks a day an account looks shared */
  sharing_networks?: number
  /** Links to other places of the publication */
  social?: Link[]
  /** A line about the publication */
  tagline?: string
  /** The time zone, such as Europe/Berlin */
  time_zone?: string
  /** Its type */
  type?: "serif" | "sans"
}

export interface SharedAccount {
  /** The member */
  member: Member
  /** Why the account looks shared */
  sharing: SharingSign
}

export interface SharedOutputBody {
  /** The accounts */
  accounts: SharedAccount[]
}

export interface SharingSign {
  /** When it was */
  at: string
  /** PDF copies taken within a day; 0 when these were not many */
  copies: number
  /** From how many it was used within a day; 0 when these were not many */
  networks: number
}

export interface SignIn {
  /** What may be done, as words such as notes.write */
  capabilities?: string[]
  /** Until then the account's own security can be changed without the password */
  confirmed_until?: string
  /** The e-mail address */
  email?: string
  /** Until when it is good */
  expires_at?: string
  /** Of a staff user */
  factors?: Factors
  /** Its id, for good */
  id?: string
  /** What sort it is */
  kind?: "staff" | "api_key"
  /** The owner requires a second factor; add one before anything else */
  must_enrol?: boolean
  /** The name, as people read it */
  name?: string
  /** The id of a role */
  role?: string
  /** The name of the role */
  role_name?: string
  /** The password was right; go on with one of these and the ticket */
  second_factor?: string[]
  /** Send it back with the next step */
  ticket?: string
}

export interface SignInInputBody {
  /** The e-mail address */
  email: string
  /** The password */
  password: string
}

export interface Source {
  /** How many */
  count: number
  /** A path of the portal; empty when they came from elsewhere */
  page: string
  /** Won a month */
  value: number
}

export interface Span {
  /** What became of it */
  op: "same" | "del" | "add"
  /** The text, without markup */
  text: string
}

export interface Staff {
  /** When it was made */
  created_at: string
  /** When the account was switched off */
  disabled_at?: string
  /** The e-mail address */
  email: string
  /** Its id, for good */
  id: string
  /** To a quarter of an hour */
  last_seen_at?: string
  /** The name, as people read it */
  name: string
  /** The id of a role */
  role: string
  /** The name of the role */
  role_name: string
  /** Signs in with more than a password */
  second_factor: boolean
}

export interface StaffListOutputBody {
  /** The people who work here */
  staff: Staff[]
}

export interface StartReconciliationInputBody {
  /** Whether to compare only or also to repair */
  mode: "dry_run" | "repair"
}

export interface StorageHealth {
  /** On the disk of the data folder */
  free_bytes?: number
  /** What sort it is */
  kind: "disk" | "s3"
  /** How large all of it is */
  total_bytes?: number
}

export interface StripeHealth {
  /** When Stripe told of something last */
  last_event_at?: string
  /** When the last one was refused */
  last_refused_at?: string
  /** How it is set up */
  mode: "live" | "test" | "stand-in"
  /** Since when the oldest waits */
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
  /** What the reviewers decided */
  decisions: Decision[]
  /** Its id, for good */
  id: string
  /** In the person's own words */
  message: string
  /** Who is asked to review */
  reviewers: Person[]
  /** The number of the saved state */
  revision: number
  /** How it stands */
  state: "open" | "approved" | "sent_back" | "withdrawn" | "published"
  /** When it was submitted */
  submitted_at: string
  /** Who submitted it */
  submitted_by: Person
}

export interface SubmitInputBody {
  /** To the reviewers */
  message?: string
  /** Staff users; none asks everybody who may review */
  reviewers?: string[]
}

export interface Subscriber {
  /** Three letters, such as usd */
  currency: string
  /** Empty when the member was deleted */
  email: string
  /** When it ended */
  ended_at?: string
  /** It will run out */
  ending: boolean
  /** Its id, for good */
  id: string
  /** How often it is paid: month or year */
  interval: string
  /** The name, as people read it */
  name: string
  /** The id of who has it */
  owner_id: string
  /** member or organization */
  owner_kind: "member" | "organization"
  /** Since when a payment is missing */
  past_due_since?: string
  /** When the paid time ends */
  period_end?: string
  /** Slug of the plan */
  plan: string
  /** The name of the plan */
  plan_name: string
  /** How many seats */
  quantity: number
  /** When it began */
  started_at: string
  /** How it stands */
  status: string
  /** Its id at Stripe */
  stripe_id: string
  /** A month, in the smallest unit, when it counts */
  value: number
}

export interface SubscribersOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  /** The subscribers */
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

export interface SurfaceOpenings {
  /** By members without a right to the note that was paid for or given; whoever opens a public note, too */
  members: number
  /** By who was not signed in */
  strangers: number
  /** By members whom such a right let in */
  subscribers: number
  /** Where it was used */
  surface: string
  /** With no more than stands above the paywall */
  teasers: number
  /** With the whole text */
  whole: number
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
  /** When it was made */
  created_at: string
  /** Three letters, such as usd */
  currency: string
  /** The moment itself is outside */
  ends_at: string
  /** Who gave it */
  given_by: string
  /** Its id, for good */
  id: string
  /** Not paid yet: it opens until then only */
  open_until?: string
  /** Slug; empty is every plan */
  plan: string
  /** The name of the plan */
  plan_name: string
  /** A reference of your own, such as a contract's number */
  reference: string
  /** A remark for colleagues */
  remark: string
  /** When it was taken back */
  revoked_at?: string
  /** Who took it back */
  revoked_by?: string
  /** Why it was taken back */
  revoked_why?: string
  /** How many may read */
  seats: number
  /** Where it comes from; purchase was paid once, order by invoice */
  source: "manual" | "complimentary" | "gift" | "purchase" | "order"
  /** When it begins */
  starts_at: string
  /** How it stands */
  state: "coming" | "open" | "unpaid" | "ended" | "revoked"
  /** The version; it grows with each change */
  version: number
}

export interface TermsOutputBody {
  /** The dated rights */
  terms: Term[]
}

export interface ThreadsOutputBody {
  /** Give it as cursor for the next page; empty on the last */
  next?: string
  /** The threads */
  threads: Comment[]
}

export interface TimelineOutputBody {
  /** What happened, newest first */
  moments: Moment[]
  /** Send it as cursor to get the following page */
  next?: string
}

export interface TopicMergerBody {
  /** How many notes were about the other one, drafts among them */
  notes: number
  /** What stays */
  topic: LabelBody
}

export interface TotpInputBody {
  /** Six digits from the app */
  code: string
}

export interface Transfer {
  /** How far it is, and what came of it */
  counts: TransferCounts
  /** When it was made */
  created_at: string
  /** Nothing is written but the report */
  dry_run: boolean
  /** The name of the file */
  filename?: string
  /** When it ended */
  finished_at?: string
  /** Its id, for good */
  id: string
  /** Why it failed */
  message?: string
  /** How an import is meant */
  options?: ImportOptions
  /** Of an export that is done */
  result?: TransferResult
  /** A dry run whose file is still kept, so that it can be run for real */
  runnable: boolean
  /** Where it comes from, or what is exported */
  source: "ghost" | "wordpress" | "substack" | "markdown" | "members" | "notes"
  /** When the job took it up */
  started_at?: string
  /** The name of who started it */
  started_by?: string
  /** How it stands */
  state: "waiting" | "running" | "done" | "failed" | "canceled"
}

export interface TransferCounts {
  /** Changed here and there; left as they are here */
  conflicts: number
  /** Entries that are through */
  done: number
  /** How many failed */
  failed: number
  /** New here */
  made: number
  /** Not taken, though nothing is wrong with them */
  skipped: number
  /** Entries there are, as far as the file could be read */
  total: number
  /** The same as at the last import */
  unchanged: number
  /** Changed there since the last import */
  updated: number
  /** Entries of which the report says something */
  warned: number
}

export interface TransferResult {
  /** How large it is */
  bytes: number
  /** Until when it is good */
  expires_at: string
  /** The name of the file */
  filename: string
  /** Where it can be fetched with the same rights */
  url: string
}

export interface TransfersOutputBody {
  /** Send it as cursor to get the following page */
  next?: string
  /** One page of them */
  transfers: Transfer[]
}

export interface Trials {
  /** How many began */
  began: number
  /** Have been paid for */
  converted: number
  /** The month, such as 2026-07 */
  month: string
  /** How many run now */
  running: number
}

export interface UndoOutputBody {
  /** Notes that are still to be taken back */
  left: number
  /** What became of each */
  results: BulkResult[]
}

export interface UpcomingOutputBody {
  /** The entries */
  entries: CalendarEntry[]
  /** The time zone it is written in */
  zone: string
}

export interface UsesOutputBody {
  /** What it was before, newest first. Versions of notes from then go on showing it */
  editions: PictureEdition[]
  /** Where it is used */
  places: Place[]
}

export interface Version {
  /** Empty for the first */
  change: "" | "silent" | "minor" | "major"
  /** Readers see this one */
  live: boolean
  /** What readers are told about it */
  notice?: string
  /** When readers first saw it */
  published_at: string
  /** Who published it */
  published_by: Person
  /** The number of the saved state */
  revision: number
  /** Its address */
  url: string
  /** The version; it grows with each change */
  version: number
}

export interface VersionsOutputBody {
  /** What readers saw, newest first */
  versions: Version[]
}

export interface View {
  /** What to show, in order; none: as the desk has it */
  columns: string[]
  /** When it was made */
  created_at: string
  /** The list of whoever asks opens with it */
  default: boolean
  /** How close the lines stand */
  density: "comfortable" | "compact"
  /** Parameters of the list, by name */
  filters: Record<string, string>
  /** Its id, for good */
  id: string
  /** Which list it is for */
  list: "notes" | "members" | "leads"
  /** The name, as people read it */
  name: string
  /** It belongs to whoever asks */
  own: boolean
  /** Name of whom it belongs to */
  owner: string
  /** Whether the order is turned round */
  reverse: boolean
  /** Colleagues who may see the list see it, too */
  shared: boolean
  /** Empty: as the list has it */
  sort: string
  /** When it was changed last */
  updated_at: string
  /** The version; it grows with each change */
  version: number
}

export interface ViewFields {
  /** The columns to show, in order */
  columns?: string[]
  /** How close the lines stand */
  density?: "comfortable" | "compact"
  /** The filters, by the names of the parameters */
  filters?: Record<string, string>
  /** The name, as people read it */
  name?: string
  /** Whether the order is turned round */
  reverse?: boolean
  /** Whether colleagues see it */
  shared?: boolean
  /** What it is sorted by */
  sort?: string
}

export interface ViewInputBody {
  /** Whom it is for */
  audience: "anonymous" | "free" | "plan" | "lapsed" | "full"
  /** Slug; with the audience plan */
  plan?: string
}

export interface ViewOutputBody {
  /** Until when it is good */
  expires_at: string
  /** The portal's page; it may be shown in a frame of the desk */
  url: string
}

export interface ViewsOutputBody {
  /** One's own first, then those that colleagues share, each by name */
  views: View[]
}

export interface Webhook {
  /** When it was made */
  created_at: string
  /** Patterns: *, note.*, note.published */
  events: string[]
  /** Since then nothing got through */
  failing_since?: string
  /** Notes come with their whole text, also from behind the paywall */
  full_text: boolean
  /** Its id, for good */
  id: string
  /** When a call got through last */
  last_ok?: string
  /** The name, as people read it */
  name: string
  /** Until then the secret of before signs along */
  old_secret_until?: string
  /** paused: by itself, since nothing got through */
  state: "on" | "off" | "paused"
  /** When it was changed last */
  updated_at: string
  /** Its address */
  url: string
  /** The number in the ETag */
  version: number
  /** Of a pause */
  why?: string
}

export interface WebhookBody {
  /** Which events it gets; none: all of them */
  events?: string[]
  /** Whether notes come with their gated text */
  full_text?: boolean
  /** The name, as people read it */
  name?: string
  /** true ends a pause, too */
  on?: boolean
  /** Its address */
  url?: string
}

export interface WebhookCall {
  /** Its beginning */
  answer?: string
  /** When it was */
  at: string
  /** Why there was no answer */
  error?: string
  /** The headers, without the signature */
  request: string
  /** Absent when there was no answer */
  status?: number
  /** How long it took, in milliseconds */
  took_ms: number
  /** Its address */
  url: string
}

export interface WebhookDelivery {
  /** When it happened */
  at: string
  /** How often it was tried */
  attempts: number
  /** When it was done with */
  done_at?: string
  /** The header webhook-id */
  event: string
  /** Its id, for good */
  id: string
  /** When it is tried again */
  next_at?: string
  /** failed: tried for three days; dropped: the webhook was not on */
  state: "waiting" | "delivered" | "failed" | "dropped"
  /** Of the last answer */
  status?: number
  /** The id of what it is about */
  subject: string
  /** Its type */
  type: string
}

export interface WebhookEvent {
  /** The text, without markup */
  text: string
  /** Its type */
  type: string
}

export interface WebhookRecord {
  /** When it happened */
  at: string
  /** How often it was tried */
  attempts: number
  /** As it was sent, but for the whole text of a note */
  body: unknown
  /** Every call that was made for it, oldest first */
  calls: WebhookCall[]
  /** When it was done with */
  done_at?: string
  /** The header webhook-id */
  event: string
  /** Its id, for good */
  id: string
  /** When it is tried again */
  next_at?: string
  /** failed: tried for three days; dropped: the webhook was not on */
  state: "waiting" | "delivered" | "failed" | "dropped"
  /** Of the last answer */
  status?: number
  /** The id of what it is about */
  subject: string
  /** Its type */
  type: string
}

export interface WebhooksOutputBody {
  /** All there are */
  events: WebhookEvent[]
  /** The webhooks */
  webhooks: Webhook[]
}

/** Every operation, by method and path. */
export interface Operations {
  /** Attach a file to a note */
  'POST /attachments': { form: FormData; answer: Attachment }
  /** Get what is known of an attached file */
  'GET /attachments/{attachment}': { path: { attachment: string }; answer: Attachment }
  /** Replace a file of a note */
  'PUT /attachments/{attachment}/file': { path: { attachment: string }; form: FormData; answer: Attachment }
  /** Delete an author */
  'DELETE /authors/{slug}': { path: { slug: string }; answer: undefined }
  /** Get an author */
  'GET /authors/{slug}': { path: { slug: string }; answer: AuthorBody }
  /** Make or change an author */
  'PUT /authors/{slug}': { path: { slug: string }; body: AuthorInputBody; answer: AuthorBody }
  /** Make two authors one */
  'POST /authors/{slug}/merger': { path: { slug: string }; body: MergerInputBody; answer: AuthorMergerBody }
  /** A month of the calendar */
  'GET /calendar': { query: { month: string }; answer: CalendarOutputBody }
  /** What comes next */
  'GET /calendar/next': { query?: { limit?: number }; answer: UpcomingOutputBody }
  /** What can be allowed, in a sentence each */
  'GET /capabilities': { answer: CapabilitiesOutputBody }
  /** All series, issues, topics and authors */
  'GET /catalogue': { answer: Catalogue }
  /** How many notes each topic, author and series has */
  'GET /catalogue/uses': { answer: NameUsesBody }
  /** Whose copy it is */
  'GET /copies': { query: { serial: string }; answer: FoundCopy }
  /** Draw a text */
  'POST /drawings': { body: DrawInputBody; answer: Drawing }
  /** Hear what happens while it happens */
  'GET /events': { query?: { types?: string[] }; answer: Response }
  /** List exports */
  'GET /exports': { query?: { cursor?: string; limit?: number }; answer: TransfersOutputBody }
  /** Start an export */
  'POST /exports': { body: ExportInputBody; answer: Transfer }
  /** Get an export with its progress */
  'GET /exports/{id}': { path: { id: string }; answer: Transfer }
  /** Cancel an export */
  'POST /exports/{id}/cancel': { path: { id: string }; answer: Transfer }
  /** Get the file of an export */
  'GET /exports/{id}/file': { path: { id: string }; answer: Response }
  /** MRR, trials and churn */
  'GET /figures': { query?: { from?: string; to?: string }; answer: Figures }
  /** MRR by month, for a spreadsheet */
  'GET /figures/months.csv': { query?: { from?: string; to?: string }; answer: Response }
  /** Every movement of MRR, for a spreadsheet */
  'GET /figures/movements.csv': { query?: { from?: string; to?: string }; answer: Response }
  /** What was paid by month and plan, for a spreadsheet */
  'GET /figures/revenue.csv': { query?: { from?: string; to?: string }; answer: Response }
  /** List presents that were sold */
  'GET /gifts': { query?: { state?: "paid" | "delivered" | "redeemed" | "expired" | "revoked"; cursor?: string; limit?: number }; answer: GiftsOutputBody }
  /** How the system is */
  'GET /health': { answer: Health }
  /** List imports */
  'GET /imports': { query?: { cursor?: string; limit?: number }; answer: TransfersOutputBody }
  /** Start an import */
  'POST /imports': { form: FormData; answer: Transfer }
  /** Get an import with its progress */
  'GET /imports/{id}': { path: { id: string }; answer: Transfer }
  /** Cancel an import */
  'POST /imports/{id}/cancel': { path: { id: string }; answer: Transfer }
  /** Get the report of an import */
  'GET /imports/{id}/report': { path: { id: string }; query?: { outcome?: "made" | "updated" | "unchanged" | "skipped" | "conflict" | "failed"; said?: boolean; after?: number; limit?: number }; answer: ReportOutputBody }
  /** Get the whole report as CSV */
  'GET /imports/{id}/report.csv': { path: { id: string }; answer: Response }
  /** Run a dry run for real */
  'POST /imports/{id}/run': { path: { id: string }; answer: Transfer }
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
  /** Get an open invitation */
  'GET /invitations/{id}': { path: { id: string }; answer: Invitation }
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
  'GET /journal.csv': { query?: { subject?: string; id?: string; verb?: string; actor?: string; from?: string; to?: string; before?: string; cursor?: string; limit?: number }; answer: Response }
  /** List API keys */
  'GET /keys': { answer: KeysOutputBody }
  /** Make an API key */
  'POST /keys': { body: KeyInputBody; answer: NewKey }
  /** Revoke an API key */
  'DELETE /keys/{id}': { path: { id: string }; answer: undefined }
  /** Get an API key */
  'GET /keys/{id}': { path: { id: string }; answer: Key }
  /** Change the name and the addresses of an API key */
  'PATCH /keys/{id}': { path: { id: string }; body: ChangeKeyInputBody; answer: Key }
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
  /** Get one of one's passkeys */
  'GET /me/passkeys/{id}': { path: { id: string }; answer: Passkey }
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
  /** Get a folder of the library */
  'GET /media-folders/{id}': { path: { id: string }; answer: MediaFolder }
  /** Rename or move a folder */
  'PUT /media-folders/{id}': { path: { id: string }; body: FolderFields; answer: MediaFolder }
  /** List members */
  'GET /members': { query?: { verified?: "true" | "false"; search?: string; status?: "paying" | "past_due" | "complimentary" | "lapsed" | "free"; plan?: string; since_from?: string; since_to?: string; cursor?: string; limit?: number }; answer: MembersOutputBody }
  /** List members, for a spreadsheet */
  'GET /members.csv': { query?: { verified?: "true" | "false"; search?: string; status?: "paying" | "past_due" | "complimentary" | "lapsed" | "free"; plan?: string; since_from?: string; since_to?: string; ids?: string[] }; answer: Response }
  /** Do the same for many members */
  'POST /members/bulk': { body: MemberBulk; answer: MemberBulkOutputBody }
  /** Delete a member */
  'DELETE /members/{id}': { path: { id: string }; query: { subscriptions: "now" | "period_end" }; answer: undefined }
  /** Get a member */
  'GET /members/{id}': { path: { id: string }; answer: MemberDetail }
  /** Why a member can or cannot read a note */
  'GET /members/{id}/access': { path: { id: string }; query: { note: string; at?: string }; answer: Reading }
  /** List what assistants read for a member */
  'GET /members/{id}/assistants': { path: { id: string }; query?: { days?: number }; answer: AssistantOutputBody }
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
  /** Get what is known of a file of a note */
  'GET /notes/{id}/attachments/{attachment}': { path: { id: string; attachment: string }; answer: Attachment }
  /** Change a file's title and who may have it */
  'PUT /notes/{id}/attachments/{attachment}': { path: { id: string; attachment: string }; body: DescribeAttachmentInputBody; answer: Attachment }
  /** Get a file itself */
  'GET /notes/{id}/attachments/{attachment}/file': { path: { id: string; attachment: string }; answer: Response }
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
  'GET /notes/{id}/comparison': { path: { id: string }; query: { from: number; to: number }; answer: Comparison }
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
  /** Get a preview link */
  'GET /notes/{id}/preview-links/{link}': { path: { id: string; link: string }; answer: PreviewLink }
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
  /** Get an offer */
  'GET /offers/{code}': { path: { code: string }; answer: Offer }
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
  /** Get a plan */
  'GET /plans/{slug}': { path: { slug: string }; answer: Plan }
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
  /** How often notes were opened */
  'GET /readership': { query?: { from?: string; to?: string; note?: string; limit?: number }; answer: Readership }
  /** Openings by note, for a spreadsheet */
  'GET /readership/notes.csv': { query?: { from?: string; to?: string; note?: string; limit?: number }; answer: Response }
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
  /** Get a redirect */
  'GET /redirects/{id}': { path: { id: string }; answer: Redirect }
  /** Change a redirect */
  'PATCH /redirects/{id}': { path: { id: string }; body: ChangeRedirectInputBody; answer: Redirect }
  /** List roles */
  'GET /roles': { answer: RolesOutputBody }
  /** Make a role */
  'POST /roles': { body: CreateRoleInputBody; answer: Role }
  /** Delete a role */
  'DELETE /roles/{id}': { path: { id: string }; answer: undefined }
  /** Get a role */
  'GET /roles/{id}': { path: { id: string }; answer: Role }
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
  /** Get the issue of a month */
  'GET /series/{series}/issues/{month}': { path: { series: string; month: string }; answer: IssueBody }
  /** Make or change the issue of a month */
  'PUT /series/{series}/issues/{month}': { path: { series: string; month: string }; body: IssueInputBody; answer: IssueBody }
  /** Delete a series */
  'DELETE /series/{slug}': { path: { slug: string }; answer: undefined }
  /** Get a series */
  'GET /series/{slug}': { path: { slug: string }; answer: LabelBody }
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
  'GET /settings/contrast': { query: { colour: string }; answer: AccentContrast }
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
  'GET /subscribers.csv': { query?: { plan?: string; status?: "open" | "active" | "trialing" | "past_due" | "incomplete" | "incomplete_expired" | "unpaid" | "paused" | "canceled"; interval?: "month" | "year"; since?: string; until?: string; ending?: "true" | "false"; search?: string }; answer: Response }
  /** What holds for subscriptions */
  'GET /subscription-policy': { answer: SubscriptionPolicy }
  /** Change what holds for subscriptions */
  'PATCH /subscription-policy': { body: PolicyInputBody; answer: SubscriptionPolicy }
  /** Get a dated right of a member */
  'GET /terms/{id}': { path: { id: string }; answer: Term }
  /** Shorten, extend or describe a term */
  'PATCH /terms/{id}': { path: { id: string }; body: ChangeTermInputBody; answer: Term }
  /** Take a term back */
  'PUT /terms/{id}/revocation': { path: { id: string }; body: RevokeTermInputBody; answer: Term }
  /** Delete a topic */
  'DELETE /topics/{slug}': { path: { slug: string }; answer: undefined }
  /** Get a topic */
  'GET /topics/{slug}': { path: { slug: string }; answer: LabelBody }
  /** Make or change a topic */
  'PUT /topics/{slug}': { path: { slug: string }; body: LabelInputBody; answer: LabelBody }
  /** Make a topic part of another */
  'POST /topics/{slug}/merger': { path: { slug: string }; body: MergerInputBody; answer: TopicMergerBody }
  /** List the views of a list */
  'GET /views': { query: { list: "notes" | "members" | "leads" }; answer: ViewsOutputBody }
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
