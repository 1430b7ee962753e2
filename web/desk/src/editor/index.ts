// The editor of the desk. Import note-editor lazily: it is a chunk of its own.
// What stands here is light and may be imported by every screen.
export { EDITOR_KEYS } from './key-list'
export type { CommentMark, CommentPlace, EditorPicture, LinkTarget, NoteEditorHandle, NoteEditorProps } from './types'
export type { Anchor } from './comments'
