// What the editor asks of the screen it stands in, and what it tells it.
import type { Anchor } from './comments'
import type { Count } from './words/words'

/** A picture as it stands in a text. */
export interface EditorPicture {
  src: string
  alt: string
  caption?: string
}

/** A note that can be linked to. */
export interface LinkTarget {
  title: string
  href: string
  /** A second line, such as a date. */
  detail?: string
}

/** A comment's place in the text. */
export interface CommentMark {
  id: string
  anchor: Anchor
  resolved?: boolean
}

/** Where a comment's passage stands: its order in the text and its anchor now. Without either it is gone. */
export interface CommentPlace {
  id: string
  at: number | null
  anchor: Anchor | null
}

/** The properties of the editor. Everything but value and onChange is optional. */
export interface NoteEditorProps {
  /** The text, in Markdown. A value that the editor did not send replaces the text. */
  value: string
  /** Called a moment after the last change, and at once when the editor is left. */
  onChange: (markdown: string) => void
  /** Called at the first change after onChange: there is something now that was not sent. */
  onBegin?: () => void
  readOnly?: boolean
  /** The accessible name of the text field. */
  label?: string
  placeholder?: string
  /** The nonce for style elements, which the source tab needs. */
  nonce?: string
  /** Sends a picture to the server. Without it pictures cannot be pasted or dropped. */
  uploadPicture?: (file: File) => Promise<EditorPicture>
  /** Lets the user choose a picture; null if none was chosen. */
  pickPicture?: () => Promise<EditorPicture | null>
  searchNotes?: (query: string, signal: AbortSignal) => Promise<LinkTarget[]>
  /** Draws a chart on the server: HTML, or an error whose message says what is wrong. */
  renderChart?: (source: string, signal: AbortSignal) => Promise<string>
  comments?: CommentMark[]
  activeComment?: string | null
  /** Offers "Comment" on a selection. */
  onComment?: (anchor: Anchor) => void
  /** Called when a passage is clicked or, by key, entered: then the focus is to follow. */
  onOpenComment?: (id: string, byKey: boolean) => void
  /** Where the passages stand after each change of the text or the comments. */
  onPlaces?: (places: CommentPlace[]) => void
  onCount?: (count: Count & { minutes: number }) => void
  /** Something did not work, such as an upload. */
  onFailed?: (error: unknown, what: string) => void
}

/** What a screen may ask of the editor. */
export interface NoteEditorHandle {
  /** Sends what was typed at once, and gives the text. */
  flush: () => string
  focus: () => void
  /** Selects a comment's passage. False if it is gone. */
  showComment: (id: string) => boolean
}
